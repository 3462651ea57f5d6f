// Two pictures of the session, for whoever leads.

import { defineSheet } from "../base/sheet.js";
import { followLook, picture } from "../parts/picture.js";
import { whileOpen } from "./room_sheet.js";

/** @param {Sheet} sheet */
const draw = (sheet) => sheet.state.order.map((/** @type {string} */ key) => picture(sheet, key));

export default defineSheet({ draw: whileOpen(draw), mounted: followLook });
