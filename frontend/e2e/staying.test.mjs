// What somebody has in hand stays: what was chosen and typed, the place in a list, the focus, the words that were just said.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { adminToken, customer, order, product, signIn } from './actors.mjs';
import { PHONE, appOf, assertAccessible, assertQuiet, hearing, holding, openBrowser, openPage } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

const words = wordsOf('en');
const path = (product) => `/p/${product.slug}`;
const put = (person, mug) => call(shop, 'POST', '/api/v1/cart/items', { token: person.token, body: { variant_id: mug.variants[0].id, quantity: 1 } });
const holds = (page, name) => page.waitForFunction((name) => document.activeElement?.classList.contains(name), name);

async function until(what, told) {
  for (let attempt = 0; attempt < 100 && !told(); attempt += 1) await new Promise((done) => setTimeout(done, 100));
  assert.ok(told(), what);
}

test('what was chosen of a product stays when the shop changes it', async () => {
  const price = { amount: 1900, currency: 'EUR' };
  const variants = ['Small', 'Large'].map((size) => ({ options: { Size: size }, price, stock: 5 }));
  const token = await adminToken(shop);
  const body = { name: `Shirt ${Date.now()}`, description: 'Soft.', status: 'published', options: [{ name: 'Size', values: ['Small', 'Large'] }], variants };
  const shirt = await call(shop, 'POST', '/api/v1/products', { token, body });
  const page = await openPage(browser, shop, { size: PHONE });
  const heard = hearing(page, shirt.id);
  await page.goto(path(shirt));
  await heard;
  const large = page.getByRole('button', { name: 'Large', exact: true });
  await large.click();
  for (const _ of [2, 3]) await page.getByRole('button', { name: 'One more' }).click();
  await call(shop, 'PATCH', `/api/v1/products/${shirt.id}`, { token, body: { description: 'Softer.' } });
  await page.getByText('Softer.').first().waitFor();
  assert.equal(await large.getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByRole('textbox', { name: 'Quantity' }).inputValue(), '3');
  // Only sold: nothing is drawn anew, the large picture or what has the focus stays.
  await page.getByRole('button', { name: 'One more' }).evaluate((button) => { button.known = true; });
  const buyer = await customer(shop);
  await order(shop, buyer, { variantId: shirt.variants.find(({ options }) => options.Size === 'Large').id, quantity: 3 });
  await page.getByText('Only 2 left').first().waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Quantity' }).inputValue(), '2');
  assert.ok(await page.getByRole('button', { name: 'One more' }).evaluate((button) => button.known));
  assertQuiet(page);
  await page.context().close();
});

test('who follows her orders says anew who she is before the token runs out', async () => {
  const maya = await customer(shop);
  const page = await openPage(browser, shop);
  const tokens = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
    const { type, token } = JSON.parse(String(payload));
    if (type === 'auth') tokens.push(token);
  }));
  await page.clock.install();
  await signIn(page, words, maya);
  await page.goto('/account/orders', { waitUntil: 'networkidle' });
  await until('the socket knows her', () => tokens.length === 1);
  await page.clock.fastForward('14:00');
  await until('it is told a newer token', () => tokens.length === 2);
  assert.notEqual(tokens[0], tokens[1]);
  assertQuiet(page);
  await page.context().close();
});

test('who comes back to a long list finds the place', async () => {
  const page = await openPage(browser, shop);
  await page.goto('/products');
  await appOf(page);
  const cards = page.locator('.grid > li');
  const first = await cards.count();
  // With the keyboard: where there are no more, the focus goes to the first that is new, else it stays.
  await page.getByRole('button', { name: 'Load more' }).press('Enter');
  await page.waitForFunction((first) => document.querySelectorAll('.grid > li').length > first, first);
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY');
  const count = await cards.count();
  const link = cards.nth(count - 3).locator('a').first();
  await link.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => window.scrollY);
  assert.ok(place > 1000, `it is far down: ${place}`);
  await link.click();
  await page.waitForURL('**/p/**');
  await page.locator('.product__title').waitFor();
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll('.grid > li').length === count, count);
  await page.waitForFunction((place) => Math.abs(window.scrollY - place) < 200, place);
  assertQuiet(page);
  await page.context().close();
});

test('what is typed before the app is there counts, and the focus stays', async () => {
  const page = await openPage(browser, shop, { size: PHONE });
  let go;
  const hold = () => {
    const held = new Promise((done) => { go = done; });
    return page.route('**/*.wasm', async (route) => { await held; await route.continue(); }, { times: 1 });
  };
  await hold();
  await page.goto('/', { waitUntil: 'commit' });
  await page.locator('input[name=q]').fill('mug');
  go();
  await appOf(page);
  await page.waitForFunction(() => document.activeElement?.name === 'q' && document.activeElement.value === 'mug');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === 'mug');
  await hold();
  await page.goto('/products', { waitUntil: 'commit' });
  const link = page.locator('#app .card__link').nth(2);
  await link.focus();
  const href = await link.getAttribute('href');
  go();
  await appOf(page);
  await page.waitForFunction((href) => document.activeElement?.getAttribute('href') === href, href);
  assertQuiet(page);
  await page.context().close();
});

test('what is taken out is put back with the keyboard', async () => {
  const maya = await customer(shop);
  const [mug, pot] = [await product(shop), await product(shop)];
  await put(maya, mug);
  await put(maya, pot);
  await call(shop, 'PUT', `/api/v1/wishlist/${mug.id}`, { token: maya.token });
  const page = await openPage(browser, shop);
  await signIn(page, words, maya);
  await page.goto('/cart');
  const takeOut = page.getByRole('main').getByRole('button', { name: `Take ${mug.name} out` });
  await takeOut.press('Enter');
  await holds(page, 'cart-undo');
  await takeOut.waitFor({ state: 'detached' });
  await assertAccessible(page);
  await page.keyboard.press('Enter');
  await takeOut.waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  // In the drawer over that page it is the drawer's own.
  await page.getByRole('button', { name: words.cart }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: `Take ${pot.name} out` }).press('Enter');
  await holds(page, 'cart-undo');
  assert.ok(await page.evaluate(() => document.activeElement.closest('dialog[open]') !== null));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: `Take ${pot.name} out` }).waitFor();
  await page.goto('/account/wishlist');
  const unwish = page.getByRole('button', { name: `Take ${mug.name} off the wishlist` });
  await unwish.press('Enter');
  await holds(page, 'wish-undo');
  await assertAccessible(page);
  await page.keyboard.press('Enter');
  await unwish.waitFor();
  // Wanted back while its removal is still on its way: that may not come last.
  const address = `/api/v1/wishlist/${mug.id}`;
  const answered = (method) => page.waitForResponse((answer) => answer.url().endsWith(address) && answer.request().method() === method);
  const [gone, back] = [answered('DELETE'), answered('PUT')];
  const letGo = await holding(page, `**${address}`, 'DELETE');
  await unwish.press('Enter');
  await holds(page, 'wish-undo');
  await page.keyboard.press('Enter');
  await page.locator('.wish-undo').waitFor({ state: 'detached' });
  letGo();
  await Promise.all([gone, back]);
  await unwish.waitFor();
  const { items } = await call(shop, 'GET', '/api/v1/wishlist', { token: maya.token });
  assert.deepEqual(items.map(({ id }) => id), [mug.id]);
  assertQuiet(page);
  await page.context().close();
});

test('words that were just said wait for who reads them, and the drawer goes with its page', async () => {
  const maya = await customer(shop);
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  await page.clock.install();
  await signIn(page, words, maya);
  await page.goto('/products');
  await appOf(page);
  await page.goto(path(mug));
  await appOf(page);
  // Until it is known who is there, the button leads to the sign-in.
  await page.getByRole('button', { name: words.writeReview }).waitFor();
  await page.getByRole('button', { name: 'Add to wishlist' }).click();
  const toast = page.locator('.toast').first();
  await toast.hover();
  await page.clock.fastForward('00:12');
  assert.ok(await toast.isVisible());
  await page.mouse.move(2, 2);
  await page.clock.fastForward('00:05');
  await toast.waitFor({ state: 'detached' });
  // Back, as a phone's swipe does it.
  await page.goto('/products');
  await appOf(page);
  await page.locator('.card__link').first().click();
  await page.locator('.product__title').waitFor();
  await page.getByRole('button', { name: words.cart }).first().click();
  const drawer = page.locator('dialog.dialog--drawer[open]');
  await drawer.waitFor();
  await page.goBack();
  await drawer.waitFor({ state: 'detached' });
  assertQuiet(page);
  await page.context().close();
});

test('the suggestion that is chosen is in sight', async () => {
  const page = await openPage(browser, shop, { size: { width: 1440, height: 320 } });
  await page.goto('/');
  await appOf(page);
  await page.locator('input[name=q]').pressSequentially('m');
  const entries = page.locator('.search__entry');
  await entries.nth(4).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(() => {
    const [entry, list] = [document.querySelector('.search__entry[aria-selected=true]'), document.querySelector('.search__list')];
    const [own, around] = [entry?.getBoundingClientRect(), list.getBoundingClientRect()];
    return list.scrollHeight > list.clientHeight && own && own.top >= around.top - 1 && own.bottom <= around.bottom + 1;
  });
  assertQuiet(page);
  await page.context().close();
});

// In one of them it is another day than in UTC, at whatever time this runs.
for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
  test(`days are those of who reads (${zone})`, async () => {
    const maya = await customer(shop);
    const mug = await product(shop);
    const placed = await order(shop, maya, { variantId: mug.variants[0].id });
    const page = await openPage(browser, shop, { zone });
    await signIn(page, words, maya);
    await page.goto('/account/orders');
    const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone }).format(new Date(placed.placed_at));
    await page.getByText(`Placed on ${day}`).waitFor();
    assertQuiet(page);
    await page.context().close();
  });
}
