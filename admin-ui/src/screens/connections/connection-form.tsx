/** Adds a connection, or changes one. In wp-admin only its Brightpearl side is changed. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { useCommand } from '../../api/client.tsx';
import { FaultSummary } from '../../components/form/fault-summary.tsx';
import { focusField } from '../../components/form/focus-field.ts';
import {
	CommandButton,
	ErrorNotice,
	Link,
	Panel,
	notify,
} from '../../components/index.ts';
import { faultWords } from './fault-words.ts';
import { Text } from './field.tsx';
import { BrightpearlFields, StoreFields } from './fields.tsx';
import { inOrder, labelOf } from './labels.ts';
import { EMPTY, REF_PREFIX, editOf, fileOf, valuesOf } from './values.ts';
import type { ConnectionValues, Fault } from './values.ts';
import { suggestedName } from './typed.ts';

const SETTINGS = 'settings.';

export function ConnectionForm( {
	view,
	field = null,
	only = null,
	onDone,
	onCancel,
}: {
	/** Null = a new one. */
	readonly view: ConnectionView | null;
	/** The field a link means. */
	readonly field?: string | null;
	readonly only?: 'brightpearl' | null;
	readonly onDone: ( name: string ) => void;
	readonly onCancel: () => void;
} ) {
	const [ values, setValues ] = useState< ConnectionValues >( () =>
		view === null ? EMPTY : valuesOf( view )
	);
	const [ named, setNamed ] = useState( false );
	const [ faults, setFaults ] = useState< readonly Fault[] >( [] );
	const [ asksPrefix, setAsksPrefix ] = useState( false );
	const [ tries, setTries ] = useState( 0 );
	const add = useCommand( 'connectionAdd' );
	const edit = useCommand( 'connectionEdit' );
	const busy = add.busy || edit.busy;
	const error = add.error ?? edit.error;
	useEffect( () => {
		if ( field !== null ) {
			focusField( field );
		}
	}, [ field ] );
	useWarning( JSON.stringify( values ), busy );
	const change = ( part: Partial< ConnectionValues > ): void => {
		setValues( ( before ) => {
			const next = { ...before, ...part };
			return view === null && ! named && part.url !== undefined
				? { ...next, name: suggestedName( part.url ) }
				: next;
		} );
		if ( part.name !== undefined ) {
			setNamed( part.name !== '' );
		}
	};
	const refuse = ( found: readonly Fault[] ): void => {
		setFaults(
			found.map( ( { path, message } ) => ( {
				path,
				message: faultWords( path, message ),
			} ) )
		);
		if (
			view === null &&
			found.some( ( { path } ) => path === REF_PREFIX )
		) {
			setAsksPrefix( true );
		}
		setTries( tries + 1 );
	};
	const save = async (): Promise< void > => {
		setFaults( [] );
		if ( view === null ) {
			const made = fileOf( values );
			if ( ! made.ok ) {
				return refuse( made.faults );
			}
			const answer = await add.run( { file: made.value } );
			if ( answer.ok ) {
				notify( __( 'The connection is added.', 'pearlbridge' ) );
				return onDone( answer.value.name );
			}
			return refuse( answer.error.details ?? [] );
		}
		const made = editOf( values, view );
		if ( ! made.ok ) {
			return refuse( made.faults );
		}
		if ( made.value === null ) {
			return onCancel();
		}
		const answer = await edit.run( {
			name: view.name,
			change: made.value,
		} );
		if ( answer.ok ) {
			notify( __( 'The connection is saved.', 'pearlbridge' ) );
			return onDone( answer.value.name );
		}
		refuse( answer.error.details ?? [] );
	};
	// What stands in the settings is no field of this form.
	const shown = faults.filter(
		( { path } ) =>
			! path.startsWith( SETTINGS ) ||
			( view === null && path === REF_PREFIX )
	);
	const elsewhere = faults
		.find( ( { path } ) => path.startsWith( SETTINGS ) )
		?.path.slice( SETTINGS.length );
	const props = { values, onChange: change, faults, view };
	return (
		<form
			className="pb-stack pb-narrow"
			noValidate
			autoComplete="off"
			onSubmit={ ( event ) => {
				event.preventDefault();
				if ( ! busy ) {
					void save();
				}
			} }
		>
			<div>
				<FaultSummary
					asked={ tries }
					faults={ inOrder( shown ).map( ( { path, message } ) => ( {
						path,
						text: `${ labelOf( path ) }: ${ message }`,
					} ) ) }
				/>
				<ErrorNotice
					error={
						error !== null && shown.length === 0 ? error : null
					}
				/>
				{ view !== null && shown.length < faults.length && (
					<p>
						<Link
							to={ {
								screen: 'settings',
								connection: view.name,
								query: { field: elsewhere },
							} }
						>
							{ __( 'Open the setting', 'pearlbridge' ) }
						</Link>
					</p>
				) }
			</div>
			{ only === null && (
				<Panel title={ __( 'Shop', 'pearlbridge' ) } flush>
					<StoreFields { ...props } />
					{ view === null && (
						<Text
							{ ...props }
							name="name"
							path="name"
							help={ __(
								'What the connection is called here and on the command line: a to z, 0 to 9 and the hyphen.',
								'pearlbridge'
							) }
						/>
					) }
					{ asksPrefix && (
						<Text
							{ ...props }
							name="refPrefix"
							path={ REF_PREFIX }
							help={ __(
								'The orders of this shop are found in Brightpearl by it, so each shop of an account has its own: a to z, 0 to 9 and the hyphen. It cannot change once orders were pushed.',
								'pearlbridge'
							) }
						/>
					) }
				</Panel>
			) }
			<Panel
				title={ __( 'Brightpearl', 'pearlbridge' ) }
				flush
				level={ only === null ? 2 : 3 }
			>
				<BrightpearlFields { ...props } />
			</Panel>
			<div className="pb-row">
				<CommandButton variant="primary" type="submit" busy={ busy }>
					{ view === null
						? __( 'Add and check', 'pearlbridge' )
						: __( 'Save and check', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					variant="tertiary"
					disabled={ busy }
					onClick={ onCancel }
				>
					{ __( 'Cancel', 'pearlbridge' ) }
				</CommandButton>
			</div>
		</form>
	);
}

/** Closing the page asks first once something was typed. */
function useWarning( state: string, busy: boolean ): void {
	const first = useRef( state );
	const dirty = state !== first.current && ! busy;
	useEffect( () => {
		if ( ! dirty ) {
			return undefined;
		}
		const warn = ( event: BeforeUnloadEvent ): void =>
			event.preventDefault();
		window.addEventListener( 'beforeunload', warn );
		return () => window.removeEventListener( 'beforeunload', warn );
	}, [ dirty ] );
}
