// Buying: as a guest in every language, theme and size; with an account; when things change in between.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADDRESS, PASSWORD, adminToken, customer, fillAddress, move, order, product, signIn } from './actors.mjs';
import { DESKTOP, PHONE, assertAccessible, assertQuiet, hearing, openBrowser, openPage, openTab } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

const path = (product) => `/p/${product.slug}`;
const stockOf = async (product) => (await call(shop, 'GET', `/api/v1/products/${product.id}`)).variants[0].stock;

/** What is short is looked at twice, as different as it can be. */
const SHORT = [['en', 'light', DESKTOP, 'desktop'], ['es', 'dark', PHONE, 'phone']];

/** From a product's page to the checkout. */
async function toCheckout(page, words, slugPath) {
  await page.goto(slugPath);
  await page.getByRole('button', { name: words.addToCart }).first().click();
  await page.getByRole('dialog').getByRole('link', { name: words.checkOut }).click();
  await page.waitForURL('**/checkout');
}

for (const [lang, theme, size, name] of [['en', 'light', PHONE, 'phone'], ['en', 'dark', DESKTOP, 'desktop'], ['es', 'dark', PHONE, 'phone'], ['es', 'light', DESKTOP, 'desktop']]) {
  test(`a guest buys (${lang}, ${theme}, ${name})`, async () => {
    const words = wordsOf(lang);
    const mug = await product(shop);
    const page = await openPage(browser, shop, { lang, theme, size });
    await toCheckout(page, words, path(mug));
    await fillAddress(page, words, { email: 'guest@example.com' });
    await assertAccessible(page);
    // Pressed twice: ordered once.
    await page.getByRole('button', { name: words.placeOrder }).dblclick();
    await page.waitForURL(/\/orders\/\d+/);
    await page.getByText(words.thanks).waitFor();
    await assertAccessible(page);
    assert.equal(await stockOf(mug), 4);
    // Coming back finds an empty cart, and coming again the same order.
    await page.reload();
    await page.getByText(ADDRESS.line1).first().waitFor();
    await page.goto('/cart');
    await page.getByText(words.emptyCart).first().waitFor();
    assert.equal(await stockOf(mug), 4);
    assertQuiet(page);
    await page.context().close();
  });
}

test('she registers, buys, gets her parcel and tells what she thinks', async () => {
  const words = wordsOf('es');
  const mug = await product(shop);
  const page = await openPage(browser, shop, { lang: 'es', size: PHONE });
  const username = `eva${Date.now()}`;
  await page.goto('/register');
  await page.getByLabel(words.username, { exact: false }).first().fill(username);
  await page.getByLabel(words.email, { exact: true }).fill(`${username}@example.com`);
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await assertAccessible(page);
  await page.getByRole('main').getByRole('button', { name: words.register }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/register'));
  await toCheckout(page, words, path(mug));
  await fillAddress(page, words);
  await page.getByRole('button', { name: words.placeOrder }).click();
  await page.waitForURL(/\/orders\/\d+/);
  const number = /\/orders\/(\d+)/.exec(page.url())[1];
  const token = await adminToken(shop);
  const { id } = await call(shop, 'GET', `/api/v1/orders/${number}`, { token });
  await move(shop, id, 'paid', 'fulfilled', 'delivered');
  await page.goto(path(mug));
  await page.getByRole('button', { name: words.writeReview }).click();
  await page.getByRole('dialog').getByRole('radio').nth(4).check({ force: true });
  await page.getByLabel(words.headline).fill('Justo lo que buscaba');
  await page.getByLabel(words.tellFriend).fill('Bien embalada y muy bonita.');
  await assertAccessible(page);
  await page.getByRole('button', { name: words.publish }).click();
  await page.getByText('Justo lo que buscaba').waitFor();
  await page.getByText(words.boughtHere).waitFor();
  assertQuiet(page);
  await page.context().close();
});

for (const [lang, theme, size, look] of SHORT) {
  test(`she has forgotten her password (${lang}, ${theme}, ${look})`, async () => {
    const words = wordsOf(lang);
    const maya = await customer(shop);
    const page = await openPage(browser, shop, { lang, theme, size });
    await page.goto('/password/forgot');
    await page.getByLabel(words.email).fill(maya.email);
    await page.getByRole('button', { name: words.sendLink }).click();
    await page.getByText(maya.email).waitFor();
    const token = await adminToken(shop);
    // The relay writes the mail after the request has been answered.
    let mail;
    for (let attempt = 0; attempt < 100 && !mail; attempt += 1) {
      const { items } = await call(shop, 'GET', '/api/v1/admin/mails?limit=50', { token });
      mail = items.find(({ kind, to }) => kind === 'password_reset' && to === maya.email);
      if (!mail) await new Promise((done) => setTimeout(done, 100));
    }
    const { link } = await call(shop, 'GET', `/api/v1/admin/mails/${mail.id}`, { token });
    await page.goto(new URL(link).pathname + new URL(link).search);
    await page.getByLabel(words.newPassword, { exact: true }).waitFor();
    await assertAccessible(page);
    await page.getByLabel(words.newPassword, { exact: true }).fill('another horse battery');
    await page.getByRole('main').getByRole('button', { name: words.choosePassword }).click();
    await page.getByText(words.passwordCounts, { exact: false }).waitFor();
    await signIn(page, words, { login: maya.login, password: 'another horse battery' });
    assertQuiet(page);
    await page.context().close();
  });
}

for (const [lang, theme, size, look] of SHORT) {
  test(`two tabs share one cart and one session (${lang}, ${theme}, ${look})`, async () => {
    const words = wordsOf(lang);
    const maya = await customer(shop);
    const mug = await product(shop);
    const page = await openPage(browser, shop, { lang, theme, size });
    await signIn(page, words, maya);
    const tab = await openTab(page);
    await Promise.all([page.goto(path(mug)), tab.goto('/cart')]);
    await tab.getByText(words.emptyCart).first().waitFor();
    await page.getByRole('button', { name: words.addToCart }).first().click();
    await tab.getByRole('main').getByText(mug.name).first().waitFor();
    // Both renew their tokens at once; a refresh token that was used twice would end the session.
    await Promise.all([page.reload(), tab.reload()]);
    await Promise.all([page.goto('/account'), tab.goto('/account')]);
    for (const one of [page, tab]) {
      const email = one.getByLabel(words.email, { exact: true });
      await email.waitFor();
      assert.equal(await email.inputValue(), maya.email);
    }
    assertQuiet(page);
    await page.context().close();
  });
}

for (const [lang, theme, size, look] of SHORT) {
  test(`the last one is sold while it lies in the cart (${lang}, ${theme}, ${look})`, async () => {
    const words = wordsOf(lang);
    const mug = await product(shop, { stock: 1 });
    const page = await openPage(browser, shop, { lang, theme, size });
    await toCheckout(page, words, path(mug));
    await fillAddress(page, words, { email: 'late@example.com' });
    const faster = await customer(shop);
    await order(shop, faster, { variantId: mug.variants[0].id });
    await page.getByRole('button', { name: words.placeOrder }).click();
    await page.getByText(words.gone).first().waitFor();
    assert.match(page.url(), /\/checkout/);
    await assertAccessible(page);
    assert.equal(await stockOf(mug), 0);
    // The shop's own "no" to the order is what the console may tell of.
    assertQuiet(page, /409/);
    await page.context().close();
  });
}

for (const [lang, theme, size, look] of SHORT) {
  test(`the stock and the order move while she watches (${lang}, ${theme}, ${look})`, async () => {
    const words = wordsOf(lang);
    const maya = await customer(shop);
    const mug = await product(shop, { stock: 3 });
    const placed = await order(shop, maya, { variantId: mug.variants[0].id });
    const page = await openPage(browser, shop, { lang, theme, size });
    await signIn(page, words, maya);
    const tab = await openTab(page);
    const heard = Promise.all([hearing(tab, mug.id), hearing(page, 'orders')]);
    await tab.goto(path(mug));
    await tab.getByText(words.onlyLeft(2)).first().waitFor();
    await page.goto(`/orders/${placed.number}`);
    await page.getByText(words.waiting, { exact: false }).waitFor();
    await heard;
    await move(shop, placed.id, 'paid', 'fulfilled', 'delivered');
    await page.getByText(words.arrived, { exact: false }).waitFor();
    const other = await customer(shop);
    await order(shop, other, { variantId: mug.variants[0].id });
    await tab.getByText(words.onlyLeft(1)).first().waitFor();
    assertQuiet(page);
    await page.context().close();
  });
}

test('the API goes and comes back', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  await page.goto(path(mug));
  await page.getByRole('button', { name: words.addToCart }).first().click();
  await page.getByRole('dialog').getByText(mug.name).first().waitFor();
  // A guest goes on while the whole shop is away: the cart is there when it is back.
  await shop.end();
  await page.goto('/products', { waitUntil: 'commit' }).catch(() => {});
  await shop.start();
  await page.goto('/cart');
  await page.getByRole('main').getByText(mug.name).first().waitFor();
  // What could not be fetched meanwhile is what the console may tell of.
  assertQuiet(page, /Failed to fetch|Failed to load resource|WebSocket|ERR_CONNECTION/);
  await page.context().close();
});

test('who looks around downloads no part of the app that only buyers need', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  const parts = [];
  page.on('request', (request) => { if (request.url().includes('-later.')) parts.push(request.url()); });
  for (const address of ['/', '/products', path(mug)]) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  assert.deepEqual(parts, []);
  // Without the network the drawer says so, and brings the cart when asked again.
  await page.route('**/assets/*-later.*', (route) => route.abort());
  await page.getByRole('button', { name: words.cart }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: words.retry }).waitFor();
  await assertAccessible(page);
  await page.unroute('**/assets/*-later.*');
  await page.getByRole('dialog').getByRole('button', { name: words.retry }).click();
  await page.getByRole('dialog').getByText(words.emptyCart).waitFor();
  assert.ok(parts.length > 0);
  assertQuiet(page, /-later\./, /Failed to fetch/);
  await page.context().close();
});

test('whoever is signed in stays so while the API is away', async () => {
  const words = wordsOf('en');
  const apart = await startShop({ apart: true });
  try {
    const maya = await customer(apart);
    const page = await openPage(browser, apart);
    await signIn(page, words, maya);
    const email = page.getByLabel(words.email, { exact: true });
    await apart.end();
    await page.goto('/account');
    await page.getByRole('heading', { name: 'We could not reach the shop' }).waitFor();
    await assertAccessible(page);
    await apart.start();
    await page.getByRole('main').getByRole('link', { name: words.retry }).click();
    await email.waitFor();
    assert.equal(await email.inputValue(), maya.email);
    // Half an outage: the page is there, who is signed in cannot be told. Nobody is sent to sign in again, or shown an empty cart.
    const renewal = '**/api/v1/auth/refresh';
    await page.route(renewal, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{}' }));
    await page.goto('/cart');
    await page.getByRole('main').getByRole('button', { name: words.retry }).waitFor();
    await page.goto('/account');
    await page.getByRole('main').getByRole('button', { name: words.retry }).waitFor();
    assert.match(page.url(), /\/account$/);
    await page.unroute(renewal);
    // Nothing has to be pressed: it is asked again by itself.
    await email.waitFor({ timeout: 20_000 });
    // Signing out is not said to have worked where it has not.
    await apart.end();
    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await page.locator('.toast--error').waitFor();
    await apart.start();
    await page.goto('/account');
    await email.waitFor({ timeout: 40_000 });
    assertQuiet(page, /50[23]|Failed to fetch|Failed to load resource|WebSocket/);
    await page.context().close();
  } finally {
    await apart.remove();
  }
});

test('a field says what is wrong when it is left, and a button that is pressed meanwhile stays where it is', async () => {
  const words = wordsOf('en');
  const page = await openPage(browser, shop, { size: PHONE });
  await page.goto('/register');
  const username = page.getByLabel(words.username, { exact: true });
  await username.fill('m');
  await username.blur();
  await page.getByText('Must have 3 to 32 characters.').waitFor();
  await username.fill('');
  await page.getByRole('main').getByRole('button', { name: words.register }).click();
  await page.getByText('Please fill this in.').first().waitFor();
  // The first field that something is wrong with has the focus.
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username');
  // Leaving a field by pressing the button: the press counts, although an error appears above it.
  await username.fill('m');
  await page.getByRole('main').getByRole('button', { name: words.register }).click();
  await page.getByText('Must have 3 to 32 characters.').waitFor();
  assertQuiet(page);
  await page.context().close();
});
