/** The host a bundle is built for, so that it leaves out what exists only in the other. */
declare const __HOST__: 'wp' | 'sidecar';
