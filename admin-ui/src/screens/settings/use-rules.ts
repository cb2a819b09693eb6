/** An ordered list of rules: moved, removed and added by keyboard, with the focus going along. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { announce, formatNumber } from '../../components/index.ts';
import { useField } from './form.tsx';
import { moved } from './tax-rules.ts';

export function useRules< T >( path: string, addButton: string ) {
	const { value, set } = useField( path );
	const rules = ( Array.isArray( value ) ? value : [] ) as readonly T[];
	const list = useRef< HTMLOListElement >( null );
	// Where the focus goes once the rules are drawn again.
	const [ focus, setFocus ] = useState< {
		readonly index: number;
		readonly what: string;
	} | null >( null );
	useEffect( () => {
		if ( focus !== null ) {
			const rule = list.current?.children[ focus.index ];
			const wanted = rule?.querySelector< HTMLElement >(
				`[data-what="${ focus.what }"]:not([aria-disabled="true"])`
			);
			(
				wanted ??
				rule?.querySelector< HTMLElement >( 'input, select, button' ) ??
				document.getElementById( addButton )
			)?.focus();
			setFocus( null );
		}
	}, [ focus, addButton ] );
	return {
		rules,
		list,
		set: ( next: readonly T[] ) => set( next ),
		change: ( index: number, rule: T ): void =>
			set( rules.map( ( one, at ) => ( at === index ? rule : one ) ) ),
		move( index: number, step: number ): void {
			const next = moved( rules, index, step );
			if ( next !== rules ) {
				set( next );
				setFocus( {
					index: index + step,
					what: step < 0 ? 'up' : 'down',
				} );
				announce(
					sprintf(
						/* translators: 1: new place of the rule, 2: number of rules */
						__( 'Rule %1$s of %2$s now', 'pearlbridge' ),
						formatNumber( index + step + 1 ),
						formatNumber( rules.length )
					)
				);
			}
		},
		remove( index: number ): void {
			set( rules.filter( ( _, at ) => at !== index ) );
			setFocus( { index: Math.max( 0, index - 1 ), what: 'remove' } );
			announce( __( 'The rule was removed.', 'pearlbridge' ) );
		},
		add( rule: T ): void {
			set( [ ...rules, rule ] );
			setFocus( { index: rules.length, what: 'first' } );
		},
	};
}
