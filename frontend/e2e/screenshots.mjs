// The README's pictures: the main pages in both themes, on a phone and on a desktop.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { adminToken, customer, move, order, signIn } from './actors.mjs';
import { DESKTOP, PHONE, openBrowser, openPage } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

const folder = process.env.PICTURES ?? resolve(import.meta.dirname, '../../docs/pictures');
mkdirSync(folder, { recursive: true });
const [shop, browser] = await Promise.all([startShop(), openBrowser()]);
try {
  // One that has variants, reviews and enough pieces to be bought.
  const best = (await call(shop, 'GET', '/api/v1/products?sort=rating&in_stock=true&category=wear&limit=1')).items[0];
  const full = await call(shop, 'GET', `/api/v1/products/${best.id}`);
  const variantId = full.variants.find((variant) => variant.in_stock).id;
  const maya = await customer(shop);
  const placed = await order(shop, maya, { variantId });
  await move(shop, placed.id, 'paid', 'fulfilled');
  await call(shop, 'POST', '/api/v1/cart/items', { token: maya.token, body: { variant_id: variantId, quantity: 1 } });
  await adminToken(shop);

  const shoot = async (page, path, name) => {
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForFunction(() => !document.querySelector('#app .skeleton'));
    await page.screenshot({ path: resolve(folder, `${name}.png`) });
    console.log(name);
  };
  const looks = [['en', 'light', DESKTOP, 'desktop-light'], ['en', 'dark', DESKTOP, 'desktop-dark'], ['en', 'light', PHONE, 'phone-light'], ['es', 'dark', PHONE, 'phone-dark']];
  for (const [lang, theme, size, look] of looks) {
    const page = await openPage(browser, shop, { lang, theme, size });
    await shoot(page, '/', `home-${look}`);
    await shoot(page, `/c/${best.category.slug}`, `listing-${look}`);
    await shoot(page, `/p/${best.slug}`, `product-${look}`);
    await signIn(page, wordsOf(lang), maya);
    await shoot(page, '/cart', `cart-${look}`);
    await shoot(page, '/checkout', `checkout-${look}`);
    await shoot(page, `/orders/${placed.number}`, `order-${look}`);
    await page.context().close();
  }
  for (const [theme, size, look] of [['light', DESKTOP, 'desktop-light'], ['dark', DESKTOP, 'desktop-dark'], ['light', PHONE, 'phone-light']]) {
    const page = await openPage(browser, shop, { theme, size });
    await page.goto('/admin/login');
    await page.getByLabel('Username or e-mail').fill(shop.admin.login);
    await page.getByLabel('Password', { exact: true }).fill(shop.admin.password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.includes('login'));
    for (const [path, name] of [['/admin', 'dashboard'], ['/admin/orders', 'orders'], ['/admin/products', 'products'], [`/admin/products/${best.id}`, 'editor']]) await shoot(page, path, `admin-${name}-${look}`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await shop.remove();
}
