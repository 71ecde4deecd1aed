// What the journeys press and read, in both languages: as in frontend/locales.
const words = {
  en: {
    addToCart: 'Add to cart', checkOut: 'Check out', placeOrder: /^Place order/, thanks: 'Thank you. Your order is placed.', signIn: 'Sign in',
    email: 'E-mail', fullName: 'Full name', street: 'Street and number', postalCode: 'Postal code', town: 'Town or city', country: 'Country',
    login: 'Username or e-mail', password: 'Password', register: 'Make an account', username: 'Username', writeReview: 'Write a review',
    headline: 'Headline', tellFriend: 'What would you tell a friend?', publish: 'Publish review', boughtHere: 'Bought here', sendLink: 'Send me the link',
    newPassword: 'New password', choosePassword: 'Choose a new password', delivered: 'Delivered', emptyCart: 'Your cart is empty', yourCart: 'Your cart',
    retry: 'Try again', soldOut: 'Sold out', cart: /^Cart/, undo: 'Undo', helpful: 'Helpful', editReview: 'Edit your review', onlyYouSeeIt: /Only you see it/, save: 'Save', productChanged: 'Product changed', takeOut: (name) => `Take ${name} out`, passwordCounts: 'Your new password counts from now on.', gone: /sold out|cart has changed|Only \d+ of/i,
    onlyLeft: (count) => `Only ${count} left`, waiting: 'We are waiting for your payment', arrived: 'Your parcel has arrived',
  },
  es: {
    addToCart: 'Añadir al carrito', checkOut: 'Finalizar compra', placeOrder: /^Hacer el pedido/, thanks: 'Gracias. Tu pedido está hecho.', signIn: 'Iniciar sesión',
    email: 'Correo electrónico', fullName: 'Nombre completo', street: 'Calle y número', postalCode: 'Código postal', town: 'Localidad', country: 'País',
    login: 'Usuario o correo', password: 'Contraseña', register: 'Crea una cuenta', username: 'Usuario', writeReview: 'Escribir una opinión',
    headline: 'Título', tellFriend: '¿Qué le contarías a un amigo?', publish: 'Publicar opinión', boughtHere: 'Comprado aquí', sendLink: 'Envíame el enlace',
    newPassword: 'Contraseña nueva', choosePassword: 'Elige una contraseña nueva', delivered: 'Entregado', emptyCart: 'Tu carrito está vacío', yourCart: 'Tu carrito',
    retry: 'Intentarlo de nuevo', soldOut: 'Agotado', cart: /^Carrito/, undo: 'Deshacer', helpful: 'Útil', editReview: 'Editar tu opinión', onlyYouSeeIt: /Solo tú la ves/, save: 'Guardar', productChanged: 'Producto cambiado', takeOut: (name) => `Quitar ${name}`, passwordCounts: 'Tu contraseña nueva ya vale.', gone: /agotad|carrito ha cambiado|Solo queda/i,
    onlyLeft: (count) => (count === 1 ? 'Solo queda 1' : `Solo quedan ${count}`), waiting: 'Esperamos tu pago', arrived: 'Tu paquete ha llegado',
  },
};

/** The words of a language. */
export const wordsOf = (lang) => words[lang];
