// Types of what the sheets' scripts share, for the type checker and editors; browsers never see it.

/** The connection to the kernel, from the page's `kernel_client.js`. */
interface KernelLine extends EventTarget {
  /** The kernel has ended. */
  over: boolean;
  isConnected: boolean;
  fetchKernel(): Promise<Response | null>;
}

interface Window {
  /** Only on a page of our own server. */
  enishi?: { readonly app: boolean; readonly line: KernelLine; xsrfToken(): string };
  /** Voilà's whole front end, once it is loaded. */
  jupyterapp?: { widgetManager?: any };
}
