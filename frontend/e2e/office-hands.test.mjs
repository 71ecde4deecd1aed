// What staff have in hand: nothing of it goes by a slip, by news from elsewhere, or by a session that ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { adminToken, colleague, customer, enterOffice, move, order, product } from './actors.mjs';
import { PHONE, assertAccessible, assertQuiet, hearing, openBrowser, openPage, openTab } from './browser.mjs';
import { call, startShop } from './shop.mjs';
import { wordsOf } from './words.mjs';

const words = wordsOf('en');
let shop;
let browser;
before(async () => { [shop, browser] = await Promise.all([startShop(), openBrowser()]); });
after(async () => { await browser?.close(); await shop?.remove(); });

/** A page of the back office, signed in. */
async function office(path, person = shop.admin) {
  const page = await openPage(browser, shop);
  await enterOffice(page, words, person);
  await page.goto(`/admin${path}`);
  return page;
}

/** Opens a page that hears of orders from then on. */
async function listening(page, path) {
  await page.goto('about:blank');
  const heard = hearing(page, 'admin:orders');
  await page.goto(`/admin${path}`);
  await heard;
}

/** Which element has the focus. */
const focused = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

async function category(name) {
  return call(shop, 'POST', '/api/v1/categories', { token: await adminToken(shop), body: { name, description: 'As it was.' } });
}

test('what is filled in is not lost by a press beside it, nor by Escape', async () => {
  const made = await category(`Bowls ${Date.now()}`);
  const page = await office('/categories');
  const dialog = page.getByRole('dialog');
  const edit = page.getByRole('button', { name: `Edit ${made.name}` });
  await edit.click();
  const text = dialog.getByLabel('Description');
  await text.fill('Deep and round.');
  await page.mouse.click(8, 8);
  // A text that is marked to beyond the edge: the browser sends the click to the dialog itself.
  const box = await text.boundingBox();
  await page.mouse.move(box.x + 60, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(8, box.y + 20, { steps: 4 });
  await page.mouse.up();
  assert.equal(await text.inputValue(), 'Deep and round.');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await edit.click();
  await text.waitFor();
  assert.equal(await text.inputValue(), 'Deep and round.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal((await call(shop, 'GET', `/api/v1/categories/${made.id}`)).description, 'Deep and round.');
  // What nobody fills in closes at a press beside it, and not at one on its own empty ground.
  await page.keyboard.press('Control+k');
  await dialog.waitFor();
  await page.mouse.click(8, 8);
  await dialog.waitFor({ state: 'hidden' });
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.mouse.click(180, 735);
  assert.ok(await dialog.isVisible());
  assertQuiet(page);
  await page.context().close();
});

test('a select says what counts, whatever was picked before', async () => {
  const mug = await product(shop);
  const page = await office(`/products/${mug.id}`);
  const status = page.getByRole('main').getByLabel('Status');
  await status.selectOption('archived');
  await status.selectOption('draft');
  await page.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await status.inputValue(), 'published');
  await page.goto('/admin/products');
  for (const value of ['draft', '', 'published']) await status.selectOption(value);
  await page.waitForURL(/status=published/);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await page.waitForURL((url) => !url.search);
  assert.equal(await status.inputValue(), '');
  assertQuiet(page);
  await page.context().close();
});

test('an order that changes takes nothing out of the hand', async () => {
  const maya = await customer(shop);
  const mug = await product(shop);
  const placed = await order(shop, maya, { variantId: mug.variants[0].id });
  const page = await office('/categories');
  await listening(page, `/orders/${placed.number}`);
  await page.getByLabel('Note for colleagues').fill('Ask her about the lid.');
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Broken in the store');
  await move(shop, placed.id, 'paid');
  await page.getByRole('heading', { level: 1 }).getByText('Paid').waitFor();
  assert.equal(await dialog.getByLabel('Reason').inputValue(), 'Broken in the store');
  await dialog.getByRole('button', { name: 'Back' }).click();
  assert.equal(await page.getByLabel('Note for colleagues').inputValue(), 'Ask her about the lid.');
  // Moved on with the keyboard: the button goes, the focus stays where the next one is.
  await page.getByRole('button', { name: 'Mark as sent' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Tracking number').fill('PT 7');
  // News of it come before its answer.
  await page.route('**/transitions', async (route) => {
    const response = await route.fetch();
    await page.getByText('Mark as delivered').waitFor({ state: 'attached' });
    await route.fulfill({ response });
  });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Mark as delivered' }).waitFor();
  await focused(page, '#order-next');
  await page.getByText('PT 7').first().waitFor();
  assertQuiet(page);
  await page.context().close();
});

test('news leave the pages of a list, the table of figures and the focus as they were', async () => {
  const maya = await customer(shop);
  const mug = await product(shop, { stock: 20 });
  const another = () => order(shop, maya, { variantId: mug.variants[0].id });
  const page = await office('/categories');
  await listening(page, '/orders');
  const rows = page.locator('tbody tr');
  const more = page.getByRole('button', { name: 'Load more' });
  await rows.first().waitFor();
  const first = await rows.count();
  await more.click();
  await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length > count, first);
  const loaded = await rows.count();
  const placed = await another();
  await page.getByRole('button', { name: 'Show 1 new order' }).click();
  await page.getByRole('link', { name: `#${placed.number}` }).waitFor();
  assert.equal(await rows.count() >= loaded, true, `${loaded} were loaded, ${await rows.count()} are left`);
  for (let pages = 0; pages < 20 && await more.count(); pages += 1) {
    const before = await rows.count();
    await more.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length > count, before);
  }
  await focused(page, '.more--end');
  const numbers = await page.locator('tbody th').allInnerTexts();
  assert.equal(new Set(numbers).size, numbers.length, 'every order once');

  await listening(page, '');
  await page.getByText('The figures as a table').click();
  await page.getByRole('slider').first().focus();
  await page.keyboard.press('ArrowLeft');
  const told = page.waitForResponse((answer) => answer.url().includes('/admin/stats'));
  const heard = await another();
  await told;
  await page.getByText(heard.number).first().waitFor();
  assert.ok(await page.locator('.chart-table').evaluate((table) => table.open));
  await focused(page, '.chart__drawing');
  assertQuiet(page);
  await page.context().close();
});

test('of two who edit a category neither loses what the other wrote', async () => {
  const made = await category(`Plates ${Date.now()}`);
  const page = await office('/categories');
  const tab = await openTab(page);
  await tab.goto('/admin/categories');
  const [mine, theirs] = [page.getByRole('dialog'), tab.getByRole('dialog')];
  const edit = (one) => one.getByRole('button', { name: `Edit ${made.name}` }).click();
  await edit(page);
  await mine.getByLabel('Name').fill(`${made.name} A`);
  await mine.getByRole('button', { name: 'Save' }).click();
  await mine.waitFor({ state: 'hidden' });
  // An hour later: the tree is old, the form is not.
  await edit(tab);
  await theirs.getByLabel('Name').waitFor();
  assert.equal(await theirs.getByLabel('Name').inputValue(), `${made.name} A`);
  await theirs.getByLabel('Description').fill('Flat.');
  // And while it is open.
  await call(shop, 'PATCH', `/api/v1/categories/${made.id}`, { token: await adminToken(shop), body: { name: `${made.name} B` } });
  await theirs.getByRole('button', { name: 'Save' }).click();
  await tab.waitForFunction((name) => document.querySelector('dialog[open] input')?.value === name, `${made.name} B`);
  assert.equal(await theirs.getByLabel('Description').inputValue(), 'Flat.');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await theirs.waitFor({ state: 'hidden' });
  const saved = await call(shop, 'GET', `/api/v1/categories/${made.id}`);
  assert.deepEqual([saved.name, saved.description], [`${made.name} B`, 'Flat.']);
  // The tree is drawn anew; the focus is with the category that was changed.
  await focused(tab, `#category-${made.id} button`);
  assertQuiet(page, /412/);
  await page.context().close();
});

test('the ledger goes back to the beginning, and to its orders', async () => {
  const maya = await customer(shop);
  const mug = await product(shop, { stock: 40 });
  const [variant] = mug.variants;
  const placed = await order(shop, maya, { variantId: variant.id });
  for (let count = 0; count < 41; count += 1) {
    await call(shop, 'POST', `/api/v1/variants/${variant.id}/stock`, { token: mug.token, body: { delta: 1, reason: `parcel ${count}` } });
  }
  const page = await office(`/stock?q=${encodeURIComponent(mug.name)}`);
  await page.getByRole('button', { name: /^Ledger/ }).click();
  const drawer = page.getByRole('dialog');
  for (const lines of [20, 40]) {
    await page.waitForFunction((count) => document.querySelectorAll('.ledger__line').length === count, lines);
    await drawer.getByRole('button', { name: 'Load more' }).click();
  }
  await drawer.getByText('Beginning').waitFor();
  await assertAccessible(page);
  await drawer.getByRole('link', { name: 'The order' }).click();
  await page.getByRole('heading', { level: 1, name: placed.number }).waitFor();
  assertQuiet(page);
  await page.context().close();
});

test('whoever works with the keyboard stays where the work is', async () => {
  const [mug, made] = [await product(shop), await category(`Trays ${Date.now()}`)];
  const page = await office(`/products?q=${encodeURIComponent(mug.name)}`);
  await page.getByRole('checkbox', { name: `Select ${mug.name}` }).check();
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('cell', { name: 'Archived' }).waitFor();
  await focused(page, '.table__row');
  await page.getByRole('button', { name: 'Save this filter' }).click();
  await page.getByLabel('Name of the filter').fill('Mine');
  await page.keyboard.press('Enter');
  await focused(page, '.saved a');
  await page.getByRole('button', { name: 'Forget the filter Mine' }).click();
  await focused(page, '.filters .field__control');
  // The arrows of the palette lead through more than is in sight.
  await page.keyboard.press('Control+k');
  await page.locator('.finder input').waitFor();
  for (let count = 0; count < 12; count += 1) await page.keyboard.press('ArrowDown');
  const seen = () => {
    const [list, hit] = ['.finder__list', '[aria-selected=true]'].map((name) => document.querySelector(name).getBoundingClientRect());
    return hit.top >= list.top - 1 && hit.bottom <= list.bottom + 1;
  };
  assert.ok(await page.evaluate(seen), 'what is chosen is in sight');
  await page.keyboard.press('Escape');
  await page.goto('/admin/categories');
  await page.getByRole('button', { name: new RegExp(`^Move ${made.name} into`) }).click();
  await focused(page, `#category-${made.id} button`);
  assertQuiet(page);
  await page.context().close();
});

test('a file that is dropped beside its place does not take the page', async () => {
  const mug = await product(shop);
  const page = await office(`/products/${mug.id}`);
  await page.locator('.drop').waitFor();
  const held = () => ['dragover', 'drop'].map((name) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
    const event = new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer });
    document.querySelector('h1').dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.deepEqual(await page.evaluate(held), [true, true]);
  await page.goto('/admin');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assertQuiet(page);
  await page.context().close();
});

test('every column of the grid is in sight on a desktop, and a SKU can be read', async () => {
  const mug = await product(shop, { name: 'Stoneware mug with a lid' });
  const page = await office(`/products/${mug.id}`);
  const frame = page.locator('.grid-frame');
  await frame.waitFor();
  const over = (element) => element.scrollWidth - element.clientWidth;
  assert.ok(await frame.evaluate(over) <= 1, 'the grid needs no scrolling');
  assert.ok(await page.getByLabel('SKU, variant 1').evaluate(over) <= 1, 'the SKU is not cut');
  assertQuiet(page);
  await page.context().close();
});

test('a session that ended elsewhere is begun again over the page, and nothing is lost', async () => {
  const [ben, mug] = [await colleague(shop), await product(shop)];
  const page = await office(`/products/${mug.id}`, ben);
  const text = page.getByRole('main').getByLabel('Description');
  await text.fill('Written before the session ended.');
  await text.focus();
  await call(shop, 'PATCH', `/api/v1/users/${ben.id}`, { token: await adminToken(shop), body: { active: false } });
  await call(shop, 'PATCH', `/api/v1/users/${ben.id}`, { token: await adminToken(shop), body: { active: true } });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  // It cannot be put away: a browser that closes it all the same finds it opened again.
  for (const _often of [1, 2, 3]) await page.keyboard.press('Escape');
  await dialog.waitFor();
  await assertAccessible(page);
  await dialog.getByLabel(words.login).fill(ben.login);
  await dialog.getByLabel(words.password, { exact: true }).fill(ben.password);
  await dialog.getByRole('button', { name: words.signIn, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await text.inputValue(), 'Written before the session ended.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.save-bar--shown').waitFor({ state: 'detached' });
  assert.equal((await call(shop, 'GET', `/api/v1/products/${mug.id}`)).description, 'Written before the session ended.');
  assertQuiet(page, /401/);
  await page.context().close();
});

test('whoever goes of their own will leaves nothing behind', async () => {
  const mug = await product(shop);
  const page = await office(`/products/${mug.id}`);
  await page.getByRole('main').getByLabel('Description').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in to the back office' }).waitFor();
  assert.equal(await page.getByText(mug.name).count(), 0);
  assertQuiet(page);
  await page.context().close();
});
