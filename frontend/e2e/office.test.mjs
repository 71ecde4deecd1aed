// The back office: its pages in every look, and staff who make a product and sell it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { customer, enterOffice, fillAddress, order, product, signIn } from './actors.mjs';
import { DESKTOP, PHONE, appOf, assertAccessible, assertQuiet, hearing, openBrowser, openPage, openTab } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

/** Signs the administrator in. */
const enter = (page, words, { admin } = shop) => enterOffice(page, words, admin);

const LOOKS = [['en', 'light', DESKTOP, 'desktop'], ['es', 'dark', PHONE, 'phone'], ['en', 'dark', PHONE, 'phone'], ['es', 'light', DESKTOP, 'desktop']];
for (const [lang, theme, size, name] of LOOKS) {
  test(`every page (${lang}, ${theme}, ${name})`, async (each) => {
    const maya = await customer(shop);
    const mug = await product(shop);
    const placed = await order(shop, maya, { variantId: mug.variants[0].id });
    const page = await openPage(browser, shop, { lang, theme, size });
    await each.test('/login', async () => {
      await page.goto('/admin/login');
      // The server's page has a heading too, but no field.
      await page.getByLabel(wordsOf(lang).login).waitFor();
      await assertAccessible(page);
      assertQuiet(page);
    });
    await enter(page, wordsOf(lang));
    const { id } = await call(shop, 'GET', '/api/v1/users/me', { token: maya.token });
    const paths = ['', '/orders', `/orders/${placed.number}`, `/orders/${placed.number}/slip`, '/products', '/products/new', `/products/${mug.id}`,
      '/categories', '/stock', '/reviews', '/customers', `/customers/${id}`, '/mails', '/imports', '/jobs', '/audit', '/system', '/nowhere'];
    for (const path of paths) {
      await each.test(path || '/', async () => {
        page.complaints.length = 0;
        await page.goto(`/admin${path}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.waitForFunction(() => !document.querySelector('#app .skeleton'));
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
        await assertAccessible(page);
        assertQuiet(page);
      });
    }
    await page.context().close();
  });
}

test('staff make a product with variants and a picture, and it is bought', async () => {
  const words = wordsOf('en');
  const page = await openPage(browser, shop);
  await enter(page, words);
  await page.goto('/admin/products/new');
  const name = `Walnut tray ${Date.now()}`;
  const main = page.getByRole('main');
  await main.getByLabel('Name', { exact: true }).first().fill(name);
  await main.getByLabel('Description').fill('Oiled twice, wiped once.');
  await main.getByLabel('Status').selectOption('published');
  await main.getByRole('button', { name: 'Add an option' }).click();
  await main.getByLabel('Option', { exact: true }).fill('Size');
  await main.getByLabel('Values, separated by commas').fill('Small, Large');
  await main.getByRole('button', { name: 'Make the variants' }).click();
  for (const [number, price, stock] of [[1, '29.00', '3'], [2, '49.00', '2']]) {
    await main.getByLabel(`Price, variant ${number}`).fill(price);
    await main.getByLabel(`Stock, variant ${number}`).fill(stock);
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/admin\/products\/[0-9a-f-]{36}/);
  const picture = await fetch(`${shop.api}${(await call(shop, 'GET', '/api/v1/products?sort=rating&limit=1')).items[0].image.url}`).then((answer) => answer.arrayBuffer());
  await page.locator('input[type=file]').setInputFiles({ name: 'tray.webp', mimeType: 'image/webp', buffer: Buffer.from(picture) });
  await main.getByLabel('What it shows, for who cannot see it').first().waitFor();
  await main.getByLabel('What it shows, for who cannot see it').first().fill('A tray of walnut');
  // What is known can be changed and saved again.
  await main.getByLabel('Description').fill('Oiled three times.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  // The picture's words were saved first, and said so too.
  await page.locator('.save-bar--shown').waitFor({ state: 'detached' });
  assertQuiet(page);

  const shopper = await openPage(browser, shop, { size: PHONE });
  const { items } = await call(shop, 'GET', `/api/v1/products?q=${encodeURIComponent(name)}`);
  assert.equal(items[0].image.alt, 'A tray of walnut');
  await shopper.goto(`/p/${items[0].slug}`);
  await shopper.getByText('Oiled three times.').first().waitFor();
  // The server's choice is a form of its own.
  await appOf(shopper);
  await shopper.getByText('Large', { exact: true }).first().click();
  await shopper.getByRole('button', { name: words.addToCart }).first().click();
  await shopper.getByRole('dialog').getByRole('link', { name: words.checkOut }).click();
  await shopper.waitForURL('**/checkout');
  await fillAddress(shopper, words, { email: 'guest@example.com' });
  await shopper.getByRole('button', { name: words.placeOrder }).click();
  await shopper.waitForURL(/\/orders\/\d+/);
  await shopper.getByText('€49.00').first().waitFor();
  assertQuiet(shopper);
  await shopper.context().close();
  await page.context().close();
});

test('a product that was made without options gets some, and its second variant is bought', async () => {
  const words = wordsOf('en');
  const token = await call(shop, 'POST', '/api/v1/auth/login', { body: shop.admin }).then((pair) => pair.access_token);
  const price = { amount: 2900, currency: 'EUR' };
  const tray = await call(shop, 'POST', '/api/v1/products', { token, body: { name: `Oak tray ${Date.now()}`, description: '', status: 'published', price, stock: 3 } });
  const page = await openPage(browser, shop);
  await enter(page, words);
  await page.goto(`/admin/products/${tray.id}`);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Add an option' }).click();
  await main.getByLabel('Option', { exact: true }).fill('Size');
  await main.getByLabel('Values, separated by commas').fill('Small, Large');
  await main.getByRole('button', { name: 'Make the variants' }).click();
  assert.equal(await main.getByLabel('Stock, variant 1').inputValue(), '3', 'what is on the shelf stays the first variant');
  assert.equal(await main.getByLabel('Stock, variant 2').inputValue(), '0', 'of the other there is nothing yet');
  await main.getByLabel('Price, variant 2').fill('49.00');
  await main.getByLabel('Stock, variant 2').fill('2');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  await main.getByRole('button', { name: 'Add an option' }).waitFor({ state: 'detached' });
  await main.getByRole('button', { name: 'Add a variant' }).waitFor();
  const saved = await call(shop, 'GET', `/api/v1/products/${tray.id}`, { token });
  assert.deepEqual(saved.variants.map((variant) => [variant.id === tray.variants[0].id, variant.options.Size, variant.stock]), [[true, 'Small', 3], [false, 'Large', 2]]);
  assertQuiet(page);
  await page.context().close();

  const shopper = await openPage(browser, shop, { size: PHONE });
  await shopper.goto(`/p/${tray.slug}`);
  // The server's choice is a form of its own.
  await appOf(shopper);
  await shopper.getByText('Large', { exact: true }).first().click();
  await shopper.getByRole('button', { name: words.addToCart }).first().click();
  await shopper.getByRole('dialog').getByText('€49.00').first().waitFor();
  assertQuiet(shopper);
  await shopper.context().close();
});

test('staff hear of an order and move it while the shopper watches', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const mug = await product(shop);
  const office = await openPage(browser, shop);
  await enter(office, words);
  // The dashboard that is open by now hears of orders too: it is not the one that is meant.
  await office.goto('about:blank');
  const heard = hearing(office, 'admin:orders');
  await office.goto('/admin');
  await office.getByText('Orders appear here as they').waitFor();
  await heard;
  const placed = await order(shop, maya, { variantId: mug.variants[0].id });
  await office.getByText(placed.number).first().waitFor();
  const shopper = await openPage(browser, shop, { size: PHONE });
  await signIn(shopper, words, maya);
  await shopper.goto(`/orders/${placed.number}`);
  await shopper.getByText('We are waiting for your payment', { exact: false }).waitFor();
  await office.goto(`/admin/orders/${placed.number}`);
  await office.getByRole('button', { name: /paid/i }).first().click();
  await shopper.getByText('We are packing your order', { exact: false }).waitFor();
  assertQuiet(office);
  assertQuiet(shopper);
  await office.context().close();
  await shopper.context().close();
});

test('of two who edit one product the second is asked', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  await enter(page, words);
  const tab = await openTab(page);
  await page.goto(`/admin/products/${mug.id}`);
  await tab.goto(`/admin/products/${mug.id}`);
  for (const [one, text] of [[page, 'From the first.'], [tab, 'From the second.']]) {
    await one.getByRole('main').getByLabel('Description').fill(text);
    await one.getByRole('button', { name: 'Save', exact: true }).click();
    if (one === page) await one.getByText('Saved', { exact: true }).first().waitFor();
  }
  await tab.getByRole('dialog', { name: 'Somebody else saved first' }).waitFor();
  await tab.getByText('From the first.').first().waitFor();
  await assertAccessible(tab);
  assert.equal((await call(shop, 'GET', `/api/v1/products/${mug.id}`)).description, 'From the first.');
  // The shop's own "no" is what the console may tell of.
  assertQuiet(page, /412/);
  await page.context().close();
});

test('the words of a picture that arrive in the middle of a save are nobody else\'s change', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const best = (await call(shop, 'GET', '/api/v1/products?sort=rating&limit=1')).items[0];
  const form = new FormData();
  form.append('file', await fetch(`${shop.api}${best.image.url}`).then((answer) => answer.blob()), 'mug.webp');
  const sent = await fetch(`${shop.api}/api/v1/products/${mug.id}/images`, { method: 'POST', body: form, headers: { authorization: `Bearer ${mug.token}` } });
  assert.equal(sent.status, 201);
  const page = await openPage(browser, shop);
  await enter(page, words);
  await page.goto(`/admin/products/${mug.id}`);
  const alt = page.getByLabel('What it shows, for who cannot see it');
  await page.getByRole('main').getByLabel('Description').fill('Holds coffee.');
  // Slow enough that the picture's words would be written after the save has asked for the version, and before it names it.
  const late = (ms) => async (route) => {
    if (route.request().method() === 'PATCH') await new Promise((done) => setTimeout(done, ms));
    await route.continue();
  };
  await page.route('**/api/v1/products/*', late(1500));
  await page.route('**/api/v1/products/*/images/*', late(500));
  await alt.fill('A mug');
  // The press takes the focus from the field: both are sent at once.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.save-bar--shown').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('dialog').count(), 0);
  const saved = await call(shop, 'GET', `/api/v1/products/${mug.id}`);
  assert.deepEqual([saved.description, saved.images[0].alt], ['Holds coffee.', 'A mug']);
  assertQuiet(page);
  await page.context().close();
});

test('a mail is read as it was sent, and what cannot be sent again says so', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const page = await openPage(browser, shop, { size: PHONE });
  await enter(page, words);
  await call(shop, 'POST', '/api/v1/auth/password/forgot', { body: { email: maya.email } });
  const row = page.locator('tr', { hasText: maya.email }).filter({ hasText: 'Forgotten password' });
  // The relay writes it after the request was answered.
  for (let attempt = 0; attempt < 5 && !(await row.count()); attempt += 1) {
    await page.goto('/admin/mails');
    await page.locator('.row-link').first().waitFor();
  }
  await row.getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await page.frameLocator('iframe.mail__html').getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await drawer.getByRole('button', { name: 'Send again' }).click();
  await drawer.getByRole('alert').getByText('It was not sent.', { exact: false }).waitFor();
  // axe would wait for ever for a box in which no script runs.
  await page.locator('iframe.mail__html').evaluate((box) => box.remove());
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'link row-link');
  // The shop's own "no" is what the console may tell of.
  assertQuiet(page, /409/);
  await page.context().close();
});

test('staff who are signed in stay so while the API is away', async () => {
  const words = wordsOf('en');
  const apart = await startShop({ apart: true });
  try {
    const page = await openPage(browser, apart);
    await enter(page, words, apart);
    await page.goto('/admin/orders');
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await apart.end();
    // Within the office: the page says that the shop cannot be reached. Nobody is asked to sign in again.
    await page.getByRole('link', { name: 'Products', exact: true }).first().click();
    await page.getByRole('main').getByRole('button', { name: words.retry }).waitFor();
    assert.equal(await page.getByLabel('Category').evaluate((field) => field.tagName), 'SELECT');
    // Signing out is not said to have worked where it has not.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('.toast--error').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    await assertAccessible(page);
    await apart.start();
    await page.getByRole('main').getByRole('button', { name: words.retry }).click();
    await page.getByRole('table').waitFor();
    assertQuiet(page, /50[23]|Failed to fetch|Failed to load resource|WebSocket/);
    await page.context().close();
  } finally {
    await apart.remove();
  }
});

test('unsaved changes are asked about, whichever way somebody leaves', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const page = await openPage(browser, shop);
  await enter(page, words);
  await page.goto('/admin/products');
  await page.getByRole('link', { name: mug.name }).first().click();
  const description = page.getByRole('main').getByLabel('Description');
  await description.fill('Not saved yet.');
  const dialog = page.getByRole('dialog', { name: 'Unsaved changes' });
  const stay = dialog.getByRole('button', { name: 'Stay here' });
  // The Back button: the page and what was typed stay until somebody has decided.
  await page.evaluate(() => history.back());
  await stay.click();
  assert.match(page.url(), new RegExp(`${mug.id}$`));
  assert.equal(await description.inputValue(), 'Not saved yet.');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await stay.click();
  assert.equal(await description.inputValue(), 'Not saved yet.');
  await page.getByRole('link', { name: 'Orders', exact: true }).first().click();
  await stay.click();
  // Decided: back is where they came from, and nothing was saved.
  await page.evaluate(() => history.back());
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await page.waitForURL(/\/admin\/products$/);
  assert.equal((await call(shop, 'GET', `/api/v1/products/${mug.id}`)).description, 'Holds tea.');
  assertQuiet(page);
  await page.context().close();
});

test('what is wrong in the editor is said beside its field, which gets the focus', async () => {
  const words = wordsOf('en');
  const page = await openPage(browser, shop, { size: PHONE });
  await enter(page, words);
  await page.goto('/admin/products/new');
  await page.getByRole('main').getByLabel('Description').fill('A product without a name.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await assertAccessible(page);
  assertQuiet(page);
  await page.context().close();
});

test('the focus stays on the page when the bar that saved is gone, and toasts lie over neither bar nor dialog', async () => {
  const words = wordsOf('en');
  const mug = await product(shop);
  const page = await openPage(browser, shop, { size: PHONE });
  await enter(page, words);
  await page.goto(`/admin/products/${mug.id}`);
  const main = page.getByRole('main');
  const name = main.getByLabel('Name', { exact: true }).first();
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await name.fill('');
  for (const _twice of [1, 2]) await save.click();
  const toast = page.locator('.toast');
  await toast.first().waitFor();
  await page.waitForTimeout(500);
  assert.equal(await toast.count(), 1);
  const [over, bar] = await Promise.all([toast.boundingBox(), page.locator('.save-bar').boundingBox()]);
  assert.ok(over.y + over.height <= bar.y, `the toast ends at ${over.y + over.height}, the bar begins at ${bar.y}`);
  // What is said while a dialog is open is said over it.
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.evaluate(() => document.querySelector('.save-bar .button--primary').click());
  await toast.waitFor();
  // Whatever came last to the browser's top layer is above.
  await page.locator('.toasts:popover-open').waitFor();
  await page.keyboard.press('Escape');
  await name.fill('Mug of clay');
  await save.click();
  await page.locator('.save-bar--shown').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'content');
  assertQuiet(page, /422/);
  await page.context().close();
});

test('a variant without its choice says so beside its own field', async () => {
  const words = wordsOf('es');
  const token = await call(shop, 'POST', '/api/v1/auth/login', { body: shop.admin }).then((pair) => pair.access_token);
  const price = { amount: 4200, currency: 'EUR' };
  const options = [{ name: 'Talla', values: ['S'] }, { name: 'Color', values: ['Rojo'] }];
  const variants = [{ options: { Talla: 'S', Color: 'Rojo' }, price, stock: 3 }];
  const shirt = await call(shop, 'POST', '/api/v1/products', { token, body: { name: `Camisa ${Date.now()}`, description: '', status: 'published', options, variants } });
  const page = await openPage(browser, shop, { lang: 'es' });
  await enter(page, words);
  await page.goto(`/admin/products/${shirt.id}`);
  await page.getByRole('button', { name: 'Añadir una variante' }).click();
  await page.locator('.grid-table tbody tr').nth(1).locator('input').first().fill('M');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  const cells = page.locator('.grid-table tbody tr').nth(1).locator('td');
  await cells.nth(1).getByText('Rellena este campo.').waitFor();
  assert.equal(await cells.nth(0).locator('input').getAttribute('aria-invalid'), 'false');
  await assertAccessible(page);
  assertQuiet(page);
  await page.context().close();
});

test('a review that is hidden keeps the focus on its button', async () => {
  const words = wordsOf('en');
  const maya = await customer(shop);
  const mug = await product(shop);
  await call(shop, 'POST', `/api/v1/products/${mug.id}/reviews`, { token: maya.token, body: { rating: 2, title: 'Too small', text: 'Holds little.' } });
  const page = await openPage(browser, shop);
  await enter(page, words);
  await page.goto('/admin/reviews');
  const card = page.locator('.review', { hasText: 'Holds little.' }).first();
  await card.getByRole('button', { name: 'Hide' }).click();
  await card.getByRole('button', { name: 'Show again' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Show again');
  assertQuiet(page);
  await page.context().close();
});
