// The row that a sheet shows, named in its address (`#people=…`): a link leads to it, and a
// reloaded page shows it again.

import { namedByAddress } from "../base/sheet.js";

/** @type {WeakMap<Sheet, string>} */
const askedRows = new WeakMap(); // the row each sheet asked for or showed last

/** What a sheet needs to follow its address: call `arrives` first when drawing, and draw nothing
 *  while it returns true; call `mounted` when it is mounted.
 * @param {string} verb the command that shows a row by its `id`
 * @param {(sheet: Sheet) => string | undefined} shownRow the id of the row that is shown, if any
 */
export function addressRow(verb, shownRow) {
  /** Return the row that the address names and that was not asked for yet, else "".
   * @param {Sheet} sheet
   */
  const awaited = (sheet) => {
    const { screen, row } = namedByAddress();
    const isShown = row === shownRow(sheet) || row === askedRows.get(sheet);
    return screen === sheet.position.name && !isShown ? row : "";
  };

  /** Put the row that is shown into the address; once it is closed, the address does not bring it
   *  back.
   * @param {Sheet} sheet
   */
  const keepAddress = (sheet) => {
    const { screen, row } = namedByAddress();
    const shown = shownRow(sheet) ?? "";
    if (shown) askedRows.set(sheet, shown);
    if (!window.enishi?.app || screen !== sheet.position.name || row === shown) return;
    history.replaceState(history.state, "", shown ? `#${screen}=${shown}` : `#${screen}`);
  };

  /** @param {Sheet} sheet */
  const follow = (sheet) => {
    const id = awaited(sheet);
    if (!id) return keepAddress(sheet);
    const done = () => {
      askedRows.set(sheet, id);
      sheet.draw();
    };
    sheet.send({ do: verb, id }, { done });
  };

  return {
    /** @param {Sheet} sheet */
    arrives(sheet) {
      if (awaited(sheet)) return true;
      keepAddress(sheet);
      return false;
    },
    /** @param {Sheet} sheet */
    mounted(sheet) {
      window.addEventListener("hashchange", () => {
        askedRows.delete(sheet); // a link may lead again to what was closed
        sheet.draw();
        follow(sheet);
      });
      follow(sheet);
    },
  };
}
