/** The form's life: loaded, typed in, checked, saved, and brought together with what others save. */
import { useEffect, useMemo, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { SettingsState } from '../../../../src/contracts/answers.ts';
import { useCommand, useOperation } from '../../api/client.tsx';
import { notify } from '../../components/notify.tsx';
import { changedFields, check, faultsFromService, merged } from './draft.ts';
import type { Draft, Fault } from './draft.ts';
import { keepDraft, keptDraft } from './kept-drafts.ts';
import { fieldOf } from './fields.ts';
import { writeAt } from './tree.ts';

interface Typed {
	/** What the draft was made from. */
	readonly base: Draft;
	readonly draft: Draft;
	readonly revision: number;
}

const NO_FAULTS: readonly Fault[] = [];

export function useSettings( connection: string ) {
	const shown = useOperation(
		'settingsShow',
		{ connection },
		{
			keep: false,
			refreshOn: ( event ) =>
				event.event === 'changed' &&
				event.what === 'settings' &&
				event.connection === connection,
		}
	);
	const save = useCommand( 'settingsSave' );
	const [ typed, setTyped ] = useState< Typed | null >( () =>
		keptDraft( connection )
	);
	const [ left, setLeft ] = useState< ReadonlySet< string > >( new Set() );
	const [ tries, setTries ] = useState( 0 );
	const [ refused, setRefused ] = useState( NO_FAULTS );
	/** What this page saved itself, until the next reading of it. */
	const [ saved, setSaved ] = useState< SettingsState | null >( null );

	const latest =
		saved !== null && saved.revision >= ( shown.data?.revision ?? 0 )
			? saved
			: shown.data;
	const current: Typed | null =
		typed ??
		( latest === null
			? null
			: {
					base: latest.settings,
					draft: latest.settings,
					revision: latest.revision,
				} );
	const changed = useMemo(
		() =>
			current === null
				? []
				: changedFields( current.base, current.draft ),
		[ current?.base, current?.draft ]
	);
	const dirty = changed.length > 0;
	const meanwhile =
		dirty &&
		current !== null &&
		latest !== null &&
		latest.revision > current.revision;
	useEffect( () => {
		keepDraft( connection, dirty ? typed : null );
		if ( ! dirty && typed !== null ) {
			// Nothing is typed: what others save shows at once.
			setTyped( null );
		}
	}, [ connection, dirty, typed ] );

	const checked = useMemo(
		() => ( current === null ? null : check( current.draft ) ),
		[ current?.draft ]
	);
	const all =
		checked !== null && ! checked.ok
			? [ ...checked.faults, ...refused ]
			: refused;
	// Nobody is told off for what they are still typing.
	const faults =
		tries > 0
			? all
			: all.filter( ( { path } ) =>
					left.has( fieldOf( path )?.path ?? path )
				);

	return {
		shown,
		latest,
		current,
		changed,
		faults,
		allFaults: tries > 0 ? all : NO_FAULTS,
		tries,
		/** Nothing stands against saving it. */
		valid: checked?.ok === true,
		meanwhile,
		busy: save.busy,
		/** A refusal that no field explains. */
		error:
			save.error !== null &&
			save.error.code !== 'settings-changed' &&
			refused.length === 0
				? save.error
				: null,
		change( path: string, value: unknown ): void {
			setTyped( ( before ) => {
				const from = before ?? current;
				return from === null
					? null
					: { ...from, draft: writeAt( from.draft, path, value ) };
			} );
			setRefused( ( before ) =>
				before.filter(
					( fault ) =>
						fieldOf( fault.path )?.path !== fieldOf( path )?.path
				)
			);
		},
		leave( path: string ): void {
			if ( ! left.has( path ) ) {
				setLeft( new Set( [ ...left, path ] ) );
			}
		},
		discard(): void {
			setTyped( null );
			setTries( 0 );
			setRefused( NO_FAULTS );
			setLeft( new Set() );
			save.reset();
		},
		merge( keep: readonly string[] ): void {
			if ( latest !== null && current !== null ) {
				setTyped( {
					base: latest.settings,
					draft: merged(
						current.base,
						current.draft,
						latest.settings,
						keep
					),
					revision: latest.revision,
				} );
				save.reset();
			}
		},
		async save(): Promise< void > {
			if ( current === null || checked === null ) {
				return;
			}
			setRefused( NO_FAULTS );
			if ( ! checked.ok ) {
				setTries( tries + 1 );
				return;
			}
			const answer = await save.run( {
				connection,
				settings: checked.settings,
				revision: current.revision,
			} );
			if ( answer.ok ) {
				setSaved( answer.value );
				setTyped( null );
				setTries( 0 );
				setLeft( new Set() );
				notify( __( 'The settings are saved.', 'pearlbridge' ) );
			} else if ( answer.error.code === 'settings-changed' ) {
				shown.reload();
			} else {
				setRefused( faultsFromService( answer.error.details ) );
				setTries( tries + 1 );
			}
		},
	};
}

export type SettingsForm = ReturnType< typeof useSettings >;
