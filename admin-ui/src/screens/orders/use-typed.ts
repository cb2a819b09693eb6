/** A field whose text goes into the address a moment after it was typed, and comes back from it. */
import { useEffect, useRef, useState } from '@wordpress/element';

const PAUSE = 300;

export interface Typed {
	readonly text: string;
	readonly type: ( text: string ) => void;
}

export function useTyped(
	value: string,
	onValue: ( text: string ) => void
): Typed {
	const [ text, setText ] = useState( value );
	// What was given last and is not in the address yet.
	const given = useRef( value );
	const latest = useRef( { value, onValue } );
	useEffect( () => {
		latest.current = { value, onValue };
	} );
	useEffect( () => {
		// The address changed by itself: "back", a link.
		if ( value !== given.current ) {
			given.current = value;
			setText( value );
		}
	}, [ value ] );
	useEffect( () => {
		const wanted = text.trim();
		if ( wanted === latest.current.value ) {
			return undefined;
		}
		const timer = window.setTimeout( () => {
			if ( wanted !== latest.current.value ) {
				given.current = wanted;
				latest.current.onValue( wanted );
			}
		}, PAUSE );
		return () => window.clearTimeout( timer );
	}, [ text ] );
	return { text, type: setText };
}
