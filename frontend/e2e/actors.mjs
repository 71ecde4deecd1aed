// People and goods for the journeys, made through the API.
import { randomBytes } from 'node:crypto';
import { call, tokenOf } from './shop.mjs';

export const PASSWORD = 'correct horse battery';
export const ADDRESS = { name: 'Maya Lindqvist', line1: 'Rua da Rosa 14', city: 'Lisbon', postal_code: '1200-387', country: 'PT' };

/** A new customer with her token. */
export async function customer(shop) {
  const username = `maya${randomBytes(4).toString('hex')}`;
  const person = { login: username, username, email: `${username}@example.com`, password: PASSWORD };
  await call(shop, 'POST', '/api/v1/auth/register', { body: { username, email: person.email, password: PASSWORD } });
  person.token = await tokenOf(shop, person);
  return person;
}

/** The administrator's token. */
export const adminToken = (shop) => tokenOf(shop, shop.admin);

/** A published product of one variant with so many pieces. */
export async function product(shop, { name, stock = 5, amount = 2400 } = {}) {
  const token = await adminToken(shop);
  const made = await call(shop, 'POST', '/api/v1/products', {
    token,
    body: { name: name ?? `Test mug ${randomBytes(3).toString('hex')}`, description: 'Holds tea.', price: { amount, currency: 'EUR' }, stock, status: 'published' },
  });
  return { ...made, token };
}

/** An order of a customer for one piece. */
export async function order(shop, person, { variantId, quantity = 1 }) {
  await call(shop, 'POST', '/api/v1/cart/items', { token: person.token, body: { variant_id: variantId, quantity } });
  return call(shop, 'POST', '/api/v1/orders', { token: person.token, body: { shipping_address: ADDRESS, payment: { provider: 'manual' } } });
}

/** Moves an order on, as staff does. */
export async function move(shop, id, ...states) {
  const token = await adminToken(shop);
  for (const to of states) await call(shop, 'POST', `/api/v1/admin/orders/${id}/transitions`, { token, body: { to } });
}

/** Signs in on the page that is open. */
export async function signIn(page, words, { login, password = PASSWORD }) {
  await page.goto('/login');
  await page.getByLabel(words.login).fill(login);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Fills in the address of the checkout. */
export async function fillAddress(page, words, { email } = {}) {
  if (email) await page.getByLabel(words.email, { exact: true }).fill(email);
  await page.getByLabel(words.fullName).first().fill(ADDRESS.name);
  await page.getByLabel(words.street).first().fill(ADDRESS.line1);
  await page.getByLabel(words.postalCode).first().fill(ADDRESS.postal_code);
  await page.getByLabel(words.town).first().fill(ADDRESS.city);
  await page.getByLabel(words.country).first().selectOption('PT');
}

/** Signs staff in at the gate of the back office. */
export async function enterOffice(page, words, { login, password }) {
  await page.goto('/admin/login');
  await page.getByLabel(words.login).fill(login);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.includes('login'));
}

/** Somebody of the staff. */
export async function colleague(shop) {
  const person = await customer(shop);
  const { id } = await call(shop, 'GET', '/api/v1/users/me', { token: person.token });
  await call(shop, 'PATCH', `/api/v1/users/${id}`, { token: await adminToken(shop), body: { role: 'staff' } });
  return { ...person, id };
}
