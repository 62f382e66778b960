"""Every address of the product: by which registered output it tells an entry's status, or why it tells nothing of one.

``TELLING`` names the outputs of ``tests/outputs.py`` that ask for it; ``SILENT`` gives the reason for each of the others. A new
address is in neither, and the test that counts them is red until somebody has said which it is.
"""

from __future__ import annotations

TELLING = {
    "my_file": ("page", "page in English", "own file, now", "own file, held"),
    "my_entry": ("page of one",),
    "my_file_printed": ("page to print",),
    "my_download": ("file to carry away", "as of"),
    "my_consent": ("what a consent would show",),
    "api_look_up": ("look-up", "asker", "entries to be opened for askers"),
    "api_look_up_many": ("batch",),
    # a yes or a no to the purpose's one question, made of the entries that a look-up would tell, and of nothing else
    "api_check": ("entries to be opened for askers",),
    "api_check_many": ("entries to be opened for askers",),
    "desk_look": ("look-up", "entries to be opened for askers"),
    "desk_emergency": ("look-up", "entries to be opened for askers"),
    "remedy_case": ("beside a case, on a desk",),
    "remedy_step": ("beside a case, on a desk",),
}

SILENT = {
    "a letter, a notice or a receipt: what was so on its day, and says so": """
        my_letters my_letter my_matter_receipt my_entry_receipt my_consent_receipt letters_to_post letters_announce
        letters_hand letters_miss letters_post letters_receive letters_return announcements""",
    "a form that the person fills in about an entry of theirs; what the entry is stands on its own page": """
        my_entry_appeal my_entry_appeal_question my_entry_appeal_check my_commitment my_commitment_question my_commitment_check
        my_entry_decline my_entry_more_time my_entry_more_time_check my_entry_repair my_entry_repair_question
        my_entry_repair_ask my_entry_repair_check my_entry_statement my_entry_statement_check my_entry_statement_matter
        my_entry_take_back my_entry_wrong my_entry_question my_entry_check""",
    "a case: where it stands, whose turn it is, its papers": """
        my_matters my_matter my_matter_do my_matter_paper_add my_matter_paper my_complaint my_complaint_check
        my_demand_contest my_draft_drop complain complain_write complain_follow remedy_unnamed remedies_queue
        remedies_assign remedy_ask_back remedy_invite remedy_paper
        remedy_paper_add remedy_intake remedy_which remedy_find""",
    "that a recipient was told, by look and day, without the entry": """
        remedy_recalls remedy_recall api_recalls api_acknowledge_recall""",
    "looks: who asked, when and why": """
        my_looks my_look_ask my_look_contest my_look_proof_file my_look_proof reviews review desk_use api_report_use""",
    "what was agreed to, by whom, until when": """
        my_consents my_consent_refuse my_consent_take_back desk_ask api_ask_consent my_mandates my_mandate_act my_mandate_end
        my_mandate_code my_mandate_offer my_mandate_offers_drop my_mandate_stop my_processing counter_mandate
        counter_mandate_end""",
    "whether a number and a name belong together": "api_verify",
    "files, as they were handed in and answered on their day": """
        batches batch batch_answer batch_cancel batch_failed batch_headings recall_ask batch_retry batch_send batch_try
        row_withdraw recalls recall_approve recall_refuse send send_file send_row supply quarantine quarantined
        quarantined_decide duties report_nothing decision_which decision_withdraw api_send_batch api_batch_state
        api_batch_answer_file api_report_nothing""",
    "numbers, of offices and terms, without anybody": """
        matters remedies_figures promises sealed clocks health healthz readyz work work_batch_cancel work_batch_retry
        work_job_cancel work_job_retry""",
    "who works here, and what they may": """
        access_suspended suspension_reply suspensions suspension_lift access_suspend mandate officials official
        official_dismiss official_document mandate_grant mandate_approve mandate_end mandate_reapprove mandate_refuse
        mandate_resume mandate_suspend official_training official_training_back official_appoint organisations
        organisation_close organisation_correct organisation_register permissions clients client client_approve client_end
        client_secret client_propose api_client journal journal_download erasures erasure_approve erasure_ask""",
    "an asker's own cases and delays, by number and purpose": """
        cases case case_close seal_ask my_seals case_open seals seal inquiry_desk api_open_case api_cases api_close_case""",
    "the catalogue, the purposes, the interface": """
        catalogue catalogue_item template editions edition edition_approve edition_refuse source_confirm edition_check
        edition_propose purposes api_purposes api_public_keys api_openapi api_test_vectors problems problem""",
    "the proof log: leaves, no content": """
        log_add_cosignature log_checkpoint log_checkpoint_of log_consistency log_key log_tile log_entries log_verify""",
    "signing in, one's own account, contact and settings": """
        home accessibility account mfa_activate_totp mfa_deactivate_totp end_bound account_reauthenticate mfa_reauthenticate
        mfa_reauthenticate_webauthn mfa_index mfa_list_webauthn mfa_edit_webauthn mfa_remove_webauthn mfa_add_webauthn
        account_change_password account_set_password second_factor usersessions_list end_sessions mfa_view_recovery_codes
        mfa_generate_recovery_codes counter demo_sign_in my_contact my_contact_link my_contact_prove my_contact_take_back
        set_language set_text account_login account_inactive bind mfa_login_webauthn mfa_authenticate openid_connect_login
        openid_connect_callback socialaccount_login_cancelled socialaccount_login_error account_logout oauth_token""",
}
