// Whose session, cart and address it is: what ends elsewhere is over here, and who comes after sees nothing of who was there before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADDRESS, PASSWORD, customer, fillAddress, order, product, signIn } from './actors.mjs';
import { PHONE, assertAccessible, assertQuiet, openBrowser, openPage, openTab } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

const path = (product) => `/p/${product.slug}`;
const put = (person, mug) => call(shop, 'POST', '/api/v1/cart/items', { token: person.token, body: { variant_id: mug.variants[0].id, quantity: 1 } });

/** Waits until a field says something; what is filled in later than the page is drawn comes too. */
async function says(page, label, value) {
  const field = page.getByLabel(label).first();
  await field.waitFor();
  for (let attempt = 0; attempt < 50 && await field.inputValue() !== value; attempt += 1) await page.waitForTimeout(100);
  assert.equal(await field.inputValue(), value, label);
}

test('a session that is ended elsewhere is over here too', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const mug = await product(shop);
  await put(maya, mug);
  const page = await openPage(browser, shop);
  await signIn(page, words, maya);
  const tab = await openTab(page);
  await Promise.all([page.goto(path(mug)), tab.goto('/cart')]);
  // It is known who is there.
  await page.getByRole('button', { name: words.writeReview }).waitFor();
  await tab.getByRole('main').getByText(mug.name).first().waitFor();
  // On her phone she chooses a new password: everywhere else she is signed out.
  await call(shop, 'PUT', '/api/v1/users/me/password', { token: maya.token, body: { current_password: PASSWORD, new_password: 'another horse battery' } });
  await page.getByRole('button', { name: words.addToCart }).first().click();
  await page.getByText('You are signed out.', { exact: false }).first().waitFor();
  // Nothing went into a guest's cart instead.
  assert.equal(await page.evaluate(() => localStorage.getItem('nova.cart')), null);
  // The other tab has heard of it, and says where the cart is.
  await tab.getByText('Your account keeps a cart of its own.').waitFor();
  await assertAccessible(tab);
  await tab.goto('/account');
  await tab.waitForURL((url) => url.pathname === '/login' && url.searchParams.get('next') === '/account');
  assertQuiet(page, /401/);
  await page.context().close();
});

test('who signs in after somebody else finds nothing of hers at the checkout', async () => {
  const words = wordsOf('en');
  const [ana, ben] = [await customer(shop), await customer(shop)];
  const mug = await product(shop);
  await Promise.all([put(ana, mug), put(ben, mug)]);
  const page = await openPage(browser, shop, { size: PHONE });
  await signIn(page, words, ana);
  await page.goto('/checkout');
  await says(page, words.email, ana.email);
  await fillAddress(page, words);
  // Kept when a field is left, a moment later: it outlives a reload.
  await page.waitForFunction((name) => sessionStorage.getItem('nova.checkout.form')?.includes(name), ADDRESS.name);
  await page.reload();
  await says(page, words.fullName, ADDRESS.name);
  await page.goto('/account');
  await page.getByLabel(words.email, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await page.waitForFunction(() => localStorage.getItem('nova.signed-in') === null);
  await signIn(page, words, ben);
  await page.goto('/checkout');
  await says(page, words.email, ben.email);
  for (const label of [words.fullName, words.street, words.postalCode, words.town]) await says(page, label, '');
  assertQuiet(page);
  await page.context().close();
});

test('what a guest typed stays when she signs in', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  await page.goto(path(mug));
  await page.getByRole('button', { name: words.addToCart }).first().click();
  await page.getByRole('dialog').getByRole('link', { name: words.checkOut }).click();
  await page.waitForURL('**/checkout');
  await fillAddress(page, words, { email: 'guest@example.com' });
  await page.waitForFunction((name) => sessionStorage.getItem('nova.checkout.form')?.includes(name), ADDRESS.name);
  await page.getByRole('main').getByRole('link', { name: /^Sign in/ }).click();
  await page.getByLabel(words.login).fill(maya.login);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL('**/checkout');
  await says(page, words.fullName, ADDRESS.name);
  await says(page, words.email, 'guest@example.com');
  assertQuiet(page);
  await page.context().close();
});

test('the address of the last order is there, and what sending costs is shown and counted', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const mug = await product(shop);
  await order(shop, maya, { variantId: mug.variants[0].id });
  await put(maya, mug);
  const page = await openPage(browser, shop, { size: PHONE });
  await signIn(page, words, maya);
  await page.goto('/checkout');
  await says(page, words.fullName, ADDRESS.name);
  await says(page, words.postalCode, ADDRESS.postal_code);
  await says(page, words.country, 'PT');
  await page.getByText('2 to 5 working days').waitFor();
  await page.getByText('Free').first().waitFor();
  await page.getByRole('button', { name: 'Place order · €24.00' }).waitFor();
  await assertAccessible(page);
  // So far the shop sends for nothing: another price is played.
  const method = { code: 'standard', name: 'Standard', price: { amount: 490, currency: 'EUR' }, min_days: 1, max_days: 2 };
  await page.route('**/api/v1/shipping-methods*', (route) => route.fulfill({ json: { items: [method] } }));
  await page.reload();
  await page.getByText('1 to 2 working days').waitFor();
  await page.getByText('€4.90').first().waitFor();
  await page.getByRole('button', { name: 'Place order · €28.90' }).waitFor();
  // Without the price there is no total to agree to.
  await page.route('**/api/v1/shipping-methods*', (route) => route.abort());
  await page.reload();
  await page.getByRole('main').getByRole('button', { name: words.retry }).waitFor();
  assert.ok(await page.getByRole('button', { name: words.placeOrder }).isDisabled());
  assertQuiet(page, /shipping-methods/, /Failed to fetch/);
  await page.context().close();
});
