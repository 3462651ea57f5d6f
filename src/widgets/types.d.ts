// Types of what the sheets' scripts share, for the type checker and editors; browsers never see it.

/** A sheet on the page; see `base/sheet.js`. */
type Sheet = import("./base/sheet.js").Sheet;
/** The fields of one row; see `base/fields.js`. */
type RowFields = import("./base/fields.js").RowFields;

/** What a sheet shows, as its `build_state` in Python returns it. */
interface State {
  [name: string]: any;
}
/** The texts of a sheet, from `data/words`; `common` has those of all sheets. */
interface Words {
  [name: string]: any;
}
/** Where a sheet stands in its workbook. */
interface Position {
  name: string;
  /** From 1; 0 for the header. */
  index: number;
  names: string[];
  /** On an author's page: where the sheets are that are on other pages. */
  leads?: Record<string, string>;
  /** A hash of the book's owner. */
  whose?: string;
}
/** Limits that Python sets. */
interface Limits {
  message_bytes: number;
  /** Characters of a text of one line. */
  text_line: number;
}
/** A row of a table; version 0 is a row that the first write makes. */
interface Row {
  id: string;
  version?: number;
  /** The row exists only on the page. */
  draft?: boolean;
  [column: string]: any;
}
interface FieldReference {
  table: string;
  row: Row;
  column: string;
}

/** A call of a command or query of the sheet, by its name. */
interface Message {
  do: string;
  [parameter: string]: any;
}
interface Answer {
  /** The number of the message. */
  n: number;
  ok: boolean;
  /** A sentence for the status line, or why the message was refused. */
  text?: string;
  /** The key of the element to focus. */
  focus?: string;
  version?: number;
  /** The failure is temporary. */
  passes?: boolean;
  /** The change is saved, but the sheets do not show it yet. */
  behind?: boolean;
  /** After a conflict: the values another window wrote. */
  theirs?: Record<string, any>;
  /** After a text that is too long: what would fit. */
  fits?: Fit;
  [result: string]: any;
}
/** `longest` characters, in a list of `most` lines. */
interface Fit {
  longest: number;
  most: number | null;
}
interface MessageOptions {
  /** The field whose error the answer sets or clears. */
  field?: string | null;
  edit?: Edit | null;
  /** Bytes that travel beside the message. */
  buffers?: ArrayBufferView[];
  done?: ((answer: Answer) => void) | null;
  /** The status line says nothing of it. */
  isQuiet?: boolean;
}
interface QueuedMessage extends Required<MessageOptions> {
  build: Message | (() => Message);
}
interface SentMessage extends QueuedMessage {
  message: Message;
}
/** What the person typed into a field, until it is saved. */
interface Edit {
  node: FormField | null;
  table: string;
  id: string;
  column: string;
  value: any;
  /** The version of the row that was shown. */
  version: any;
  sent: boolean;
  /** Python has saved it, but the sheets do not show it yet. */
  saved?: boolean;
  timer?: number;
}

/** What `h` returns. */
interface ElementDescription {
  tag: string;
  props: Props;
  kids: (ElementDescription | string | number)[];
}
type Kid = ElementDescription | string | number | boolean | null | undefined | Kid[];
/** An input, text area or select: what a field's handlers see. */
type FormField = HTMLInputElement & { rows: number };
type Handler<E extends Event> = (event: E & { target: FormField }) => any;
interface Props {
  key?: string | number;
  onblur?: Handler<FocusEvent>;
  onchange?: Handler<Event>;
  onclick?: Handler<MouseEvent>;
  oninput?: Handler<Event>;
  onkeydown?: Handler<KeyboardEvent>;
  onmousedown?: Handler<MouseEvent>;
  onpaste?: Handler<ClipboardEvent>;
  onpointerdown?: Handler<PointerEvent>;
  onsubmit?: Handler<SubmitEvent>;
  ontoggle?: Handler<Event>;
  [attribute: string]: any;
}
interface Node {
  /** By which `patch` finds the element again. */
  _name?: string;
  _props?: Props;
  /** The edit of this field that is not saved yet. */
  _edit?: Edit | null;
  /** The version of the row whose value this field shows. */
  _version?: number;
}

/** Why the coach suggests something: the rule, the person's data, and the sources. */
interface Reason {
  rule: string;
  name: string;
  why: string;
  act: string;
  /** The rule cannot be switched off. */
  always?: boolean;
  advice: { id: string; said: string }[];
  studies: { cite: string; said: string }[];
}
/** `[value, text]`, or `[value, text, note]`. */
type Choice = readonly any[];
/** In their order; an object has the texts by value. */
type Choices = readonly Choice[] | Record<string, string>;
interface FieldOptions {
  label?: Kid;
  hint?: string | null;
  /** Screen readers still read the label. */
  hideLabel?: boolean;
}
interface TextOptions extends FieldOptions {
  type?: "text" | "date";
  /** The height of a text area in lines; without it the field has one line. */
  rows?: number;
  /** The value is a list, one text per line. */
  isList?: boolean;
  placeholder?: string;
  /** The key by which the field can be focused. */
  focus?: string;
  onwrite?: (text: string) => void;
}
interface ChoiceOptions extends FieldOptions {
  onpick?: (value: any) => void;
}
interface SelectOptions extends FieldOptions {
  /** The text for no choice. */
  empty?: string;
}
interface SliderOptions extends FieldOptions {
  /** Texts at both ends. */
  from?: string;
  to?: string;
  /** A text for each value. */
  anchors?: string[];
}
interface ButtonOptions {
  main?: boolean;
  danger?: boolean;
  disabled?: boolean;
  /** The accessible name, if the text alone is ambiguous. */
  name?: string;
  focus?: string;
}

/** A widget's model, with anywidget's interface. */
interface WidgetModel {
  get(name: string): any;
  on(event: string, listener: (...args: any[]) => void): void;
  off(event: string, listener: (...args: any[]) => void): void;
  send(content: object, callbacks?: unknown, buffers?: ArrayBufferView[]): void;
}

/** The connection to the kernel, from the page's `kernel_client.js`. */
interface KernelLine extends EventTarget {
  /** The kernel has ended. */
  over: boolean;
  isConnected: boolean;
  fetchKernel(): Promise<Response | null>;
  /** Leave the page as it is, without its kernel; not in Voilà's own front end. */
  release?(): void;
}

interface Window {
  /** Only on a page of our own server. */
  enishi?: { readonly app: boolean; readonly line: KernelLine; xsrfToken(): string };
  /** The texts of the page around the sheets, by language. */
  enishiWords?: any;
  /** Voilà's whole front end, once it is loaded. */
  jupyterapp?: { widgetManager?: any };
  /** plotly.js, once a person has explored a picture. */
  Plotly?: any;
}
