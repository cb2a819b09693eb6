import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ComponentType } from 'react';
import { useHost, useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	Link,
	Note,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
	navigate,
	notify,
	useRoute,
} from '../../components/index.ts';
import { FaultSummary } from '../../components/form/fault-summary.tsx';
import { focusField } from '../../components/form/focus-field.ts';
import type { RouteQuery } from '../../router/route.ts';
import type { ConnectionScreenProps } from '../../screens.ts';
import { Conflict } from './conflict.tsx';
import { bySection } from './draft.ts';
import { SECTIONS, fieldOf, labelOf } from './fields.ts';
import type { SectionName } from './fields.ts';
import { FormProvider } from './form.tsx';
import type { ChoicesState } from './form.tsx';
import { History } from './history.tsx';
import { keptDraft } from './kept-drafts.ts';
import { SaveBar } from './save-bar.tsx';
import { SectionNav } from './section-nav.tsx';
import {
	PaymentsSection,
	ShippingSection,
	StatusesSection,
} from './sections-maps.tsx';
import {
	LedgerSection,
	LiveSection,
	MissingSection,
	MoneySection,
	PlaceSection,
} from './sections-orders.tsx';
import {
	BudgetSection,
	StockSection,
	SweepsSection,
	WebhooksSection,
} from './sections-rest.tsx';
import { TaxSection } from './sections-tax.tsx';
import { useSettings } from './use-settings.ts';

const BODIES: Readonly< Record< SectionName, ComponentType > > = {
	live: LiveSection,
	place: PlaceSection,
	statuses: StatusesSection,
	payments: PaymentsSection,
	shipping: ShippingSection,
	taxes: TaxSection,
	ledger: LedgerSection,
	missing: MissingSection,
	money: MoneySection,
	sweeps: SweepsSection,
	stock: StockSection,
	webhooks: WebhooksSection,
	budget: BudgetSection,
};

export default function SettingsScreen( {
	connection,
	query,
}: ConnectionScreenProps ) {
	const field = query[ 'field' ] ?? null;
	useRedirect( connection, field );
	const form = useSettings( connection );
	const choices = useChoices( connection );
	const { current, latest, changed } = form;
	const ready = current !== null;
	useTarget( field, ready, choices.data !== null || choices.error !== null );
	useLeaving( connection );
	useFocus( form.changed.length > 0, form.meanwhile );
	const changedSet = useMemo( () => new Set( changed ), [ changed ] );
	return (
		<>
			<ScreenHeading
				title={ __( 'Settings', 'pearlbridge' ) }
				meta={
					<span className="pb-muted">
						{ latest?.savedAt != null && (
							<>
								{ sprintf(
									/* translators: %s: who saved the settings */
									__( 'Saved by %s', 'pearlbridge' ),
									latest.savedBy ?? '?'
								) }{ ' ' }
								<Time at={ latest.savedAt } />
							</>
						) }
					</span>
				}
			>
				<CommandButton
					busy={ choices.loading && choices.data !== null }
					onClick={ choices.refresh }
				>
					{ __( 'Read the lists anew', 'pearlbridge' ) }
				</CommandButton>
			</ScreenHeading>
			<ErrorNotice
				error={ form.shown.error }
				retry={ form.shown.reload }
			/>
			<ErrorNotice error={ form.error } />
			<Unlisted connection={ connection } choices={ choices } />
			{ form.meanwhile && current !== null && latest !== null && (
				<Conflict
					base={ current.base }
					draft={ current.draft }
					latest={ latest }
					choices={ choices.data }
					onMerge={ form.merge }
					onTheirs={ form.discard }
				/>
			) }
			<FaultSummary
				asked={ form.tries }
				faults={ form.allFaults.map( ( { path, message } ) => ( {
					path,
					text: `${ labelOf( path ) }: ${ message }`,
				} ) ) }
			/>
			{ current === null ? (
				form.shown.error === null && <Skeleton height="600px" />
			) : (
				<FormProvider
					value={ {
						draft: current.draft,
						base: current.base,
						change: form.change,
						faults: form.faults,
						changed: changedSet,
						choices,
						prefixFixed: latest?.prefixFixed ?? true,
					} }
				>
					<div className="pb-settings">
						<SectionNav
							changed={ bySection( changed ) }
							faulty={ bySection(
								form.faults.map( ( { path } ) => path )
							) }
						/>
						<form
							className="pb-stack"
							noValidate
							onSubmit={ ( event ) => {
								event.preventDefault();
								void form.save();
							} }
							onBlur={ ( { target } ) => {
								const left =
									target.closest< HTMLElement >( '.pb-field' )
										?.dataset[ 'field' ];
								if ( left !== undefined ) {
									form.leave( left );
								}
							} }
						>
							{ SECTIONS.map( ( { name, title } ) => {
								const Body = BODIES[ name ];
								return (
									<Panel
										key={ name }
										id={ `pb-section-${ name }` }
										title={ title() }
										flush
									>
										<Body />
									</Panel>
								);
							} ) }
							<History
								connection={ connection }
								choices={ choices.data }
							/>
							<SaveBar
								changed={ changed }
								busy={ form.busy }
								blocked={ form.meanwhile }
								onSave={ () => void form.save() }
								onDiscard={ form.discard }
							/>
						</form>
					</div>
				</FormProvider>
			) }
		</>
	);
}

/** Lists from both sides; `refresh` asks past the cache. */
function useChoices( connection: string ): ChoicesState {
	const [ fresh, setFresh ] = useState( false );
	const { data, loading, error, reload } = useOperation( 'choices', {
		connection,
		fresh,
	} );
	return {
		data,
		loading,
		error,
		refresh: () => ( fresh ? reload() : setFresh( true ) ),
	};
}

/** Which lists could not be read, and why: the fields take ids and codes meanwhile. */
function Unlisted( {
	connection,
	choices: { data, error, refresh },
}: {
	readonly connection: string;
	readonly choices: ChoicesState;
} ) {
	const { kind } = useHost();
	if ( error?.code === 'connection-incomplete' ) {
		return (
			<Note status="warning">
				<p>
					{ __(
						'This connection is still to be filled in, so there are no lists to choose from yet. Ids and codes can be typed.',
						'pearlbridge'
					) }
				</p>
				<Link to={ connectionTarget( kind, connection, null ) }>
					{ __( 'Fill in the connection', 'pearlbridge' ) }
				</Link>
			</Note>
		);
	}
	const reasons =
		error !== null
			? [ error.message ]
			: ( data?.trouble ?? [] ).map( ( { message } ) => message );
	return reasons.length === 0 ? null : (
		<Note
			status="warning"
			spoken={ __( 'Some lists could not be read.', 'pearlbridge' ) }
		>
			<p>
				<strong>
					{ __(
						'Some lists could not be read; ids and codes can be typed instead.',
						'pearlbridge'
					) }
				</strong>
			</p>
			{ [ ...new Set( reasons ) ].map( ( reason ) => (
				<p key={ reason }>{ reason }</p>
			) ) }
			<CommandButton size="compact" onClick={ refresh }>
				{ __( 'Try again', 'pearlbridge' ) }
			</CommandButton>
		</Note>
	);
}

function connectionTarget(
	kind: 'wp' | 'sidecar',
	connection: string,
	field: string | null
) {
	return kind === 'wp'
		? { screen: 'pairing', query: { field } }
		: {
				screen: 'connections',
				connection,
				rest: [ 'edit' ],
				query: { field },
			};
}

/** Problems link here for whatever can be mended; credentials and addresses are the connection's. */
function useRedirect( connection: string, field: string | null ): void {
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
function useTarget( field: string | null, ready: boolean, listed: boolean ) {
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

function useLeaving( connection: string ): void {
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
function useFocus( dirty: boolean, meanwhile: boolean ): void {
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
