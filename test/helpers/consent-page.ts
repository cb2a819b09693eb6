/** Somebody at Brightpearl's consent page, in the sandbox. */

/**
 * Opens the address of a consent and says yes (or no): where the browser is sent then. The page
 * may consent by itself, or show a form.
 */
export async function answerConsent(
	url: string,
	answer: 'allow' | 'refuse' = 'allow'
): Promise< URL > {
	let response = await fetch( url, { redirect: 'manual' } );
	if ( response.status === 200 ) {
		const page = await response.text();
		const form = /<form\b[^>]*>/i.exec( page )?.[ 0 ] ?? '';
		const fields = new URLSearchParams();
		for ( const [ tag ] of page.matchAll( /<input\b[^>]*>/gi ) ) {
			if ( attribute( tag, 'type' ) === 'hidden' ) {
				fields.append(
					attribute( tag, 'name' ) ?? '',
					attribute( tag, 'value' ) ?? ''
				);
			}
		}
		const button = [ ...page.matchAll( /<button\b[^>]*>/gi ) ]
			.map( ( [ tag ] ) => tag )
			.find( ( tag ) => attribute( tag, 'value' ) === answer );
		if ( button !== undefined ) {
			fields.append( attribute( button, 'name' ) ?? '', answer );
		}
		const target = new URL( attribute( form, 'action' ) ?? url, url );
		const isPost = attribute( form, 'method' )?.toLowerCase() === 'post';
		if ( ! isPost ) {
			target.search = fields.toString();
		}
		response = await fetch( target, {
			redirect: 'manual',
			...( isPost ? { method: 'POST', body: fields } : {} ),
		} );
	}
	const location = response.headers.get( 'location' );
	if ( location === null ) {
		throw new Error(
			`The consent page answered ${ response.status }: ${ await response.text() }`
		);
	}
	return new URL( location );
}

function attribute( tag: string, name: string ): string | null {
	const found = new RegExp( `\\b${ name }="([^"]*)"`, 'i' ).exec( tag );
	return found === null
		? null
		: ( found[ 1 ] ?? '' )
				.replaceAll( '&quot;', '"' )
				.replaceAll( '&#39;', "'" )
				.replaceAll( '&lt;', '<' )
				.replaceAll( '&gt;', '>' )
				.replaceAll( '&amp;', '&' );
}
