/** Hands a text that the page made to the person, as a file. */
export function download( name: string, type: string, text: string ): void {
	const address = URL.createObjectURL( new Blob( [ text ], { type } ) );
	const link = document.createElement( 'a' );
	link.href = address;
	link.download = name;
	document.body.append( link );
	link.click();
	link.remove();
	// Not at once: some browsers begin to read it only after this.
	window.setTimeout( () => URL.revokeObjectURL( address ), 10_000 );
}

/** `pearlbridge-main-readiness-2026-11-21.csv` */
export function fileName(
	connection: string,
	what: string,
	ending: string,
	now: Date
): string {
	return `pearlbridge-${ connection }-${ what }-${ now.toISOString().slice( 0, 10 ) }.${ ending }`;
}
