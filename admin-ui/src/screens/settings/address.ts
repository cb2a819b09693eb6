/** Links that lead here, and where the focus goes. */
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import { focusField } from '../../components/form/focus-field.ts';
import { navigate, notify, useRoute } from '../../components/index.ts';
import type { HostKind } from '../../host.ts';
import type { RouteQuery, Target } from '../../router/route.ts';
import { GRANT_FIELD } from '../connections/grant.ts';
import { fieldOf } from './fields.ts';
import { keptDraft } from './kept-drafts.ts';

/** Where the keys and addresses of a connection are changed. */
export function connectionTarget(
	kind: HostKind,
	connection: string,
	field: string | null
): Target {
	return kind === 'wp'
		? { screen: 'pairing', query: { field } }
		: {
				screen: 'connections',
				connection,
				rest: field === GRANT_FIELD ? [] : [ 'edit' ],
				query: { field },
			};
}

/** Problems link here for whatever can be mended; credentials and addresses are the connection's. */
export function useRedirect( connection: string, field: string | null ): void {
	const { kind } = useHost();
	useEffect( () => {
		if ( field !== null && /^(store|brightpearl)(\.|$)/.test( field ) ) {
			navigate( connectionTarget( kind, connection, field ), {
				replace: true,
			} );
		}
	}, [ kind, connection, field ] );
}

/** Shows the field a link names, once, and once more when the lists have moved it. */
export function useTarget(
	field: string | null,
	ready: boolean,
	listed: boolean
) {
	// A link to the same field once more is another query.
	const { query } = useRoute();
	const done = useRef< RouteQuery | null >( null );
	useEffect( () => {
		if ( field === null || ! ready || fieldOf( field ) === null ) {
			return;
		}
		const focused = document.activeElement;
		const elsewhere =
			focused !== null &&
			focused !== document.body &&
			// Where the focus is put on the way here.
			focused.tagName !== 'H1' &&
			fieldOf(
				focused.closest< HTMLElement >( '[data-field]' )?.dataset[
					'field'
				] ?? ''
			) !== fieldOf( field );
		if ( done.current !== query || ! elsewhere ) {
			done.current = query;
			focusField( field );
		}
	}, [ field, ready, listed, query ] );
}

export function useLeaving( connection: string ): void {
	useEffect(
		() => () => {
			// Cleaned up last, so what was typed is in there already.
			if ( keptDraft( connection ) !== null ) {
				notify(
					sprintf(
						/* translators: %s: name of a connection */
						__(
							'The settings of %s are not saved yet. What you typed is kept while this page is open.',
							'pearlbridge'
						),
						connection
					),
					'warning'
				);
			}
		},
		[ connection ]
	);
}

/** Saving and discarding take their own buttons away: reading goes on at the top. */
export function useFocus( dirty: boolean, meanwhile: boolean ): void {
	const before = useRef( { dirty, meanwhile } );
	useEffect( () => {
		const gone =
			( before.current.dirty && ! dirty ) ||
			( before.current.meanwhile && ! meanwhile );
		before.current = { dirty, meanwhile };
		if ( gone && document.activeElement === document.body ) {
			document
				.querySelector< HTMLElement >( '.pb-heading h1' )
				?.focus( { preventScroll: true } );
		}
	}, [ dirty, meanwhile ] );
}
