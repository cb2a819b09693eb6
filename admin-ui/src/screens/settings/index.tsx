import { useMemo, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ComponentType } from 'react';
import {
	CommandButton,
	ErrorNotice,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
} from '../../components/index.ts';
import { FaultSummary } from '../../components/form/fault-summary.tsx';
import type { ConnectionScreenProps } from '../../screens.ts';
import { useFocus, useLeaving, useRedirect, useTarget } from './address.ts';
import { Conflict } from './conflict.tsx';
import { bySection } from './draft.ts';
import { SECTIONS, labelOf } from './fields.ts';
import type { SectionName } from './fields.ts';
import { FormProvider } from './form.tsx';
import { reachesBack } from './go-live.ts';
import { FilePanel } from './file-panel.tsx';
import { History } from './history.tsx';
import { SaveBar } from './save-bar.tsx';
import { BackSection } from './section-back.tsx';
import { BudgetSection } from './section-budget.tsx';
import { CustomersSection } from './section-customers.tsx';
import { ExtrasSection } from './section-extras.tsx';
import { SectionNav } from './section-nav.tsx';
import { LiveSection, ReachBack } from './section-live.tsx';
import { PaymentsSection } from './section-payments.tsx';
import { ReversalsSection } from './section-reversals.tsx';
import { RulesSection } from './section-rules.tsx';
import { ShippingSection } from './section-shipping.tsx';
import { StatusesSection } from './section-statuses.tsx';
import { TaxSection } from './section-taxes.tsx';
import {
	LedgerSection,
	MissingSection,
	MoneySection,
	PlaceSection,
} from './sections-orders.tsx';
import {
	StockSection,
	SweepsSection,
	WebhooksSection,
} from './sections-rest.tsx';
import { readAt } from './tree.ts';
import { Unlisted } from './unlisted.tsx';
import { useChoices } from './use-choices.ts';
import { useSettings } from './use-settings.ts';

const BODIES: Readonly< Record< SectionName, ComponentType > > = {
	live: LiveSection,
	place: PlaceSection,
	rules: RulesSection,
	customers: CustomersSection,
	statuses: StatusesSection,
	payments: PaymentsSection,
	reversals: ReversalsSection,
	shipping: ShippingSection,
	taxes: TaxSection,
	ledger: LedgerSection,
	missing: MissingSection,
	money: MoneySection,
	extras: ExtrasSection,
	back: BackSection,
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
	const [ reaching, setReaching ] = useState< string | null >( null );
	const save = (): void => {
		const goLive = readAt( current?.draft ?? {}, 'goLive' );
		const before = readAt( current?.base ?? {}, 'goLive' );
		if ( form.valid && reachesBack( before, goLive, Date.now() ) ) {
			setReaching( String( goLive ) );
		} else {
			void form.save();
		}
	};
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
						connection,
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
								save();
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
							<FilePanel
								connection={ connection }
								dirty={ changed.length > 0 }
								onImported={ () => {
									form.discard();
									form.shown.reload();
								} }
							/>
							<SaveBar
								changed={ changed }
								busy={ form.busy }
								blocked={ form.meanwhile }
								onSave={ save }
								onDiscard={ form.discard }
							/>
						</form>
					</div>
				</FormProvider>
			) }
			{ reaching !== null && (
				<ReachBack
					since={ reaching }
					onClose={ () => setReaching( null ) }
					onConfirm={ () => {
						setReaching( null );
						void form.save();
					} }
				/>
			) }
		</>
	);
}
