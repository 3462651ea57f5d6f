// All pictures of what the person wrote, one below the other.

import { defineSheet } from "../base/sheet.js";
import { followLook, picture } from "../parts/picture.js";

/** @param {Sheet} sheet */
const draw = (sheet) => sheet.state.order.map((/** @type {string} */ key) => picture(sheet, key));

export default defineSheet({ draw, mounted: followLook });
