//! Tables as Diesel sees them, in the order of the migrations. Both databases have the same columns.

diesel::table! {
    organizations (id) {
        id -> Text,
        corp_id -> Text,
        name -> Text,
        is_customer -> Bool,
        is_partner -> Bool,
        is_platform -> Bool,
        edition -> Text,
        partner_tier -> Text,
        created_at -> Timestamp,
        industry -> Nullable<Text>,
        size -> Nullable<Text>,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        locale -> Nullable<Text>,
        last_organization_id -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        organization_id -> Text,
        user_id -> Text,
        roles -> Text,
        active -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    departments (id) {
        id -> Text,
        organization_id -> Text,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    department_members (department_id, user_id) {
        department_id -> Text,
        user_id -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        organization_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        maintenance_session_id -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        issued_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit_entries (position) {
        position -> BigInt,
        id -> Text,
        organization_id -> Text,
        at -> Timestamp,
        actor_id -> Nullable<Text>,
        acting_organization_id -> Nullable<Text>,
        action -> Text,
        object_id -> Text,
        object_label -> Text,
        before_state -> Nullable<Text>,
        after_state -> Nullable<Text>,
        request_id -> Text,
        chain_number -> Nullable<BigInt>,
        chain_hash -> Nullable<Text>,
        maintenance_session_id -> Nullable<Text>,
        maintenance_reason -> Nullable<Text>,
    }
}

diesel::table! {
    idempotency_keys (organization_id, user_id, key) {
        organization_id -> Text,
        user_id -> Text,
        key -> Text,
        input_hash -> Text,
        result_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        status -> Text,
        dedupe_key -> Nullable<Text>,
        run_at -> Timestamp,
        attempts -> Integer,
        lost_leases -> Integer,
        max_attempts -> Integer,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    files (id) {
        id -> Text,
        organization_id -> Text,
        purpose -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        storage_key -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
    }
}

diesel::table! {
    entitlements (edition, feature) {
        edition -> Text,
        feature -> Text,
        limit_count -> Nullable<Integer>,
    }
}

diesel::table! {
    applications (id) {
        id -> Text,
        organization_id -> Text,
        name -> Text,
        summary -> Text,
        origin -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    application_versions (id) {
        id -> Text,
        application_id -> Text,
        organization_id -> Text,
        number -> Text,
        status -> Text,
        description -> Text,
        component_count -> Integer,
        sample_row_count -> Integer,
        created_by -> Text,
        created_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    application_components (version_id, key) {
        version_id -> Text,
        key -> Text,
        position -> Integer,
        kind -> Text,
        name -> Text,
        folder -> Nullable<Text>,
        definition -> Text,
        dependencies -> Text,
        required_features -> Text,
    }
}

diesel::table! {
    application_sample_rows (version_id, component_key, position) {
        version_id -> Text,
        component_key -> Text,
        position -> Integer,
        data -> Text,
        title -> Text,
        search_text -> Text,
        link_text -> Text,
        as_is -> Bool,
    }
}

diesel::table! {
    application_sample_values (version_id, component_key, position, field_key, ordinal) {
        version_id -> Text,
        component_key -> Text,
        position -> Integer,
        field_key -> Text,
        ordinal -> Integer,
        sort_key -> Text,
        whole_text -> Nullable<Text>,
    }
}

diesel::table! {
    package_imports (id) {
        id -> Text,
        organization_id -> Text,
        file_id -> Text,
        format -> Text,
        application_id -> Nullable<Text>,
        version_number -> Nullable<Text>,
        dry_run -> Bool,
        status -> Text,
        stage -> Text,
        done -> Integer,
        total -> Integer,
        report -> Nullable<Text>,
        problems -> Nullable<Text>,
        version_id -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    distribution_permissions (id) {
        id -> Text,
        organization_id -> Text,
        status -> Text,
        scenario -> Text,
        delivery_references -> Text,
        contact_name -> Text,
        contact_mobile -> Text,
        agreement_version -> Text,
        submitted_by -> Text,
        submitted_at -> Timestamp,
        due_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
        current_marker -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    agreement_acceptances (id) {
        id -> Text,
        agreement_kind -> Text,
        agreement_version -> Text,
        organization_id -> Text,
        user_id -> Text,
        object_id -> Text,
        accepted_at -> Timestamp,
    }
}

diesel::table! {
    projects (id) {
        id -> Text,
        organization_id -> Text,
        name -> Text,
        name_key -> Text,
        status -> Text,
        contract_amount_minor -> Nullable<BigInt>,
        contract_currency -> Text,
        contract_file_id -> Nullable<Text>,
        contract_file_kind -> Nullable<Text>,
        part_of_larger_contract -> Bool,
        description -> Text,
        start_on -> Nullable<Date>,
        end_on -> Nullable<Date>,
        delivery_scope -> Text,
        owner_name -> Text,
        customer_name -> Text,
        customer_corp_id -> Text,
        customer_industry -> Text,
        customer_size -> Nullable<Text>,
        customer_contact_name -> Text,
        customer_contact_mobile -> Text,
        creator_id -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
        decided_at -> Nullable<Timestamp>,
        decision_code -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    project_events (id) {
        id -> Text,
        project_id -> Text,
        at -> Timestamp,
        kind -> Text,
        user_id -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    project_amount_checks (project_id) {
        project_id -> Text,
        verdict -> Text,
        found -> Text,
        checked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    settlements (project_id) {
        project_id -> Text,
        actual_end_on -> Date,
        delivered_amount_minor -> BigInt,
        delivered_currency -> Text,
        acceptance_file_id -> Nullable<Text>,
        customer_acceptor -> Text,
        open_issues -> Text,
        satisfaction -> Integer,
        remark -> Text,
        settled_by -> Text,
        settled_at -> Timestamp,
    }
}

diesel::table! {
    distribution_links (id) {
        id -> Text,
        organization_id -> Text,
        project_id -> Text,
        application_id -> Text,
        token_hash -> Text,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    purchase_mismatches (id) {
        id -> Text,
        project_id -> Text,
        link_id -> Text,
        masked_corp_id -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    orders (id) {
        id -> Text,
        number -> Text,
        partner_id -> Text,
        customer_id -> Text,
        project_id -> Text,
        application_id -> Text,
        link_id -> Text,
        application_name -> Text,
        customer_name -> Text,
        search_text -> Text,
        ordered_by -> Text,
        created_at -> Timestamp,
        amount_minor -> BigInt,
        currency -> Text,
        app_status -> Text,
        page_status -> Text,
        full_edit_permission -> Bool,
        instance_id -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    app_instances (id) {
        id -> Text,
        organization_id -> Text,
        partner_id -> Text,
        order_id -> Nullable<Text>,
        version_number -> Text,
        name -> Text,
        summary -> Text,
        status -> Text,
        arrived -> Bool,
        full_edit_permission -> Bool,
        workbench_group -> Text,
        visible_to_all -> Bool,
        accepted_at -> Nullable<Timestamp>,
        accepted_by -> Nullable<Text>,
        acceptance_note -> Text,
        accepted_version -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
        license_id -> Nullable<Text>,
    }
}

diesel::table! {
    instance_audiences (instance_id, target_id) {
        instance_id -> Text,
        target_id -> Text,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        order_id -> Nullable<Text>,
        partner_id -> Text,
        customer_id -> Text,
        kind -> Text,
        status -> Text,
        version_id -> Text,
        version_number -> Text,
        instance_id -> Nullable<Text>,
        include_sample_data -> Bool,
        include_connectors -> Bool,
        open_edit_permission -> Bool,
        total -> Integer,
        done -> Integer,
        skipped -> Integer,
        failed -> Integer,
        failures -> Text,
        warnings -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        active_key -> Nullable<Text>,
        version -> Integer,
        created_by_organization_id -> Text,
        folder -> Nullable<Text>,
        rolls_back_id -> Nullable<Text>,
        rolled_back_by_id -> Nullable<Text>,
        license_id -> Nullable<Text>,
    }
}

diesel::table! {
    delivery_items (delivery_id, component_key) {
        delivery_id -> Text,
        component_key -> Text,
        position -> Integer,
        kind -> Text,
        name -> Text,
        status -> Text,
        reason -> Nullable<Text>,
        arrives -> Nullable<Text>,
        sample_rows -> Integer,
        as_is -> Bool,
        acknowledged -> Nullable<Text>,
    }
}

diesel::table! {
    replaced_pages (delivery_id, key) {
        delivery_id -> Text,
        key -> Text,
        instance_id -> Text,
        position -> Integer,
        kind -> Text,
        name -> Text,
        folder -> Nullable<Text>,
        definition -> Text,
        required_features -> Text,
        state -> Text,
        brought_by_id -> Text,
        changed_at -> Nullable<Timestamp>,
        changed_by -> Nullable<Text>,
        restored_by_id -> Nullable<Text>,
    }
}

diesel::table! {
    removed_pages (instance_id, key) {
        instance_id -> Text,
        key -> Text,
        kind -> Text,
        name -> Text,
        delivery_id -> Text,
        removed_by -> Text,
        removed_at -> Timestamp,
    }
}

diesel::table! {
    instance_components (instance_id, key) {
        instance_id -> Text,
        key -> Text,
        position -> Integer,
        kind -> Text,
        name -> Text,
        folder -> Nullable<Text>,
        definition -> Text,
        required_features -> Text,
        state -> Text,
        delivery_id -> Text,
        changed_at -> Nullable<Timestamp>,
        changed_by -> Nullable<Text>,
    }
}

diesel::table! {
    app_records (id) {
        id -> Text,
        instance_id -> Text,
        organization_id -> Text,
        page_key -> Text,
        data -> Text,
        search_text -> Text,
        sample -> Bool,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        version -> Integer,
        updated_at -> Nullable<Timestamp>,
        updated_by -> Nullable<Text>,
        title -> Text,
        link_text -> Text,
    }
}

diesel::table! {
    app_record_values (record_id, field_key, ordinal) {
        record_id -> Text,
        field_key -> Text,
        ordinal -> Integer,
        instance_id -> Text,
        page_key -> Text,
        sort_key -> Text,
        whole_text -> Nullable<Text>,
    }
}

diesel::table! {
    app_record_changes (record_id, version) {
        record_id -> Text,
        version -> Integer,
        changed_by -> Text,
        changed_at -> Timestamp,
        fields -> Text,
    }
}

diesel::table! {
    app_record_drafts (user_id, instance_id, page_key, record_key) {
        user_id -> Text,
        instance_id -> Text,
        page_key -> Text,
        record_key -> Text,
        base_version -> Integer,
        data -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    record_files (id) {
        id -> Text,
        organization_id -> Text,
        instance_id -> Text,
        page_key -> Text,
        record_id -> Nullable<Text>,
        purpose -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        storage_key -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    discarded_files (storage_key) {
        storage_key -> Text,
        discarded_at -> Timestamp,
    }
}

diesel::table! {
    instance_page_settings (instance_id, page_key) {
        instance_id -> Text,
        page_key -> Text,
        permission -> Text,
        process_design -> Text,
        updated_by -> Text,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    instance_acceptances (instance_id, number) {
        instance_id -> Text,
        number -> Integer,
        version_number -> Text,
        note -> Text,
        checklist -> Text,
        accepted_by -> Text,
        accepted_at -> Timestamp,
    }
}

diesel::table! {
    instance_acceptance_ticks (instance_id, item) {
        instance_id -> Text,
        item -> Text,
        ticked_by -> Text,
        ticked_at -> Timestamp,
    }
}

diesel::table! {
    order_events (id) {
        id -> Text,
        order_id -> Text,
        at -> Timestamp,
        kind -> Text,
        user_id -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        delivery_id -> Nullable<Text>,
        facts -> Nullable<Text>,
    }
}

diesel::table! {
    maintenance_sessions (id) {
        id -> Text,
        order_id -> Text,
        project_id -> Text,
        instance_id -> Text,
        partner_id -> Text,
        customer_id -> Text,
        requested_by -> Text,
        reason -> Text,
        hours -> Integer,
        status -> Text,
        requested_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        automatic -> Bool,
        ends_at -> Nullable<Timestamp>,
        entered_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        note -> Nullable<Text>,
        open_key -> Nullable<Text>,
        changed_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    search_tokens (noun, scope, token, object_id) {
        noun -> Text,
        scope -> Text,
        token -> Text,
        object_id -> Text,
    }
}

diesel::table! {
    amendments (id) {
        id -> Text,
        project_id -> Text,
        organization_id -> Text,
        number -> Integer,
        status -> Text,
        amount_minor -> BigInt,
        currency -> Text,
        end_on -> Date,
        description -> Text,
        before_amount_minor -> BigInt,
        before_currency -> Text,
        before_end_on -> Date,
        before_description -> Text,
        file_id -> Text,
        file_kind -> Text,
        reason -> Text,
        verdict -> Text,
        found -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        due_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decision_code -> Nullable<Text>,
        decision_reason -> Nullable<Text>,
        open_key -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    notifications (id) {
        id -> Text,
        user_id -> Text,
        organization_id -> Text,
        kind -> Text,
        object_id -> Text,
        parameters -> Text,
        created_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    maintenance_settings (instance_id) {
        instance_id -> Text,
        automatic_grant -> Bool,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    notification_preferences (user_id, topic) {
        user_id -> Text,
        topic -> Text,
        email -> Bool,
    }
}

diesel::table! {
    instance_bindings (instance_id, component_key, slot) {
        instance_id -> Text,
        component_key -> Text,
        slot -> Text,
        sealed -> Nullable<Text>,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    instance_members (instance_id, component_key, user_id) {
        instance_id -> Text,
        component_key -> Text,
        user_id -> Text,
    }
}

diesel::table! {
    instance_waivers (id) {
        id -> Text,
        instance_id -> Text,
        items -> Text,
        waived_by -> Text,
        waived_at -> Timestamp,
    }
}

diesel::table! {
    component_suspensions (instance_id, component_key) {
        instance_id -> Text,
        component_key -> Text,
        organization_id -> Text,
        feature -> Text,
        suspended_at -> Timestamp,
    }
}

diesel::table! {
    link_seats (link_id) {
        link_id -> Text,
        seats -> Integer,
    }
}

diesel::table! {
    order_seats (order_id) {
        order_id -> Text,
        seats -> Integer,
    }
}

diesel::table! {
    instance_seats (instance_id, user_id) {
        instance_id -> Text,
        user_id -> Text,
        taken_at -> Timestamp,
    }
}

diesel::table! {
    test_organizations (organization_id) {
        organization_id -> Text,
        partner_id -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    self_tests (id) {
        id -> Text,
        partner_id -> Text,
        application_id -> Text,
        version_id -> Text,
        test_organization_id -> Text,
        delivery_id -> Text,
        status -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        passed_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    self_test_items (self_test_id, item) {
        self_test_id -> Text,
        item -> Text,
        position -> Integer,
        passed -> Nullable<Bool>,
        note -> Text,
        evidence_id -> Nullable<Text>,
        tested_by -> Nullable<Text>,
        tested_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    calendar_days (day) {
        day -> Date,
        working -> Bool,
        name -> Text,
    }
}

diesel::table! {
    categories (id) {
        id -> Text,
        name_zh -> Text,
        name_en -> Text,
        four_eyes -> Bool,
        retired -> Bool,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    category_operators (category_id, user_id) {
        category_id -> Text,
        user_id -> Text,
    }
}

diesel::table! {
    pre_tasks (id) {
        id -> Text,
        name_zh -> Text,
        name_en -> Text,
        retired -> Bool,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    payee_accounts (organization_id) {
        organization_id -> Text,
        holder -> Text,
        bank -> Text,
        number_sealed -> Text,
        number_end -> Text,
        updated_by -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    products (id) {
        id -> Text,
        organization_id -> Text,
        application_id -> Text,
        status -> Text,
        tab -> Text,
        name -> Text,
        category_id -> Nullable<Text>,
        charge_form -> Nullable<Text>,
        promotion_mode -> Nullable<Text>,
        approved_revision_id -> Nullable<Text>,
        open_revision_id -> Nullable<Text>,
        first_revision_id -> Nullable<Text>,
        listed_at -> Nullable<Timestamp>,
        status_reason -> Nullable<Text>,
        delisting_applied_by -> Nullable<Text>,
        delisting_applied_at -> Nullable<Timestamp>,
        delisting_reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    product_revisions (id) {
        id -> Text,
        product_id -> Text,
        organization_id -> Text,
        number -> Integer,
        status -> Text,
        content -> Text,
        category_id -> Nullable<Text>,
        application_version_id -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
        first_approved_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision -> Nullable<Text>,
        reason -> Nullable<Text>,
        field_reasons -> Text,
        version -> Integer,
    }
}

diesel::table! {
    product_tasks (product_id, task_id) {
        product_id -> Text,
        task_id -> Text,
        note -> Text,
        done_by -> Text,
        done_at -> Timestamp,
    }
}

diesel::table! {
    product_events (id) {
        id -> Text,
        product_id -> Text,
        at -> Timestamp,
        kind -> Text,
        user_id -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::joinable!(memberships -> organizations (organization_id));
diesel::joinable!(memberships -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(distribution_links -> projects (project_id));
diesel::joinable!(promotion_links -> products (product_id));

diesel::table! {
    market_places (product_id) {
        product_id -> Text,
        number -> BigInt,
        listed_at -> Timestamp,
        installs -> Integer,
    }
}

diesel::table! {
    market_entries (number) {
        number -> BigInt,
        product_id -> Text,
        organization_id -> Text,
        application_id -> Text,
        revision_id -> Text,
        category_id -> Text,
        charge_form -> Text,
        name -> Text,
        normalised_name -> Text,
        icon_id -> Nullable<Text>,
        summary -> Text,
        tags -> Text,
        audience -> Text,
        partner_name -> Text,
        listed_at -> Timestamp,
        installs -> Integer,
        description -> Text,
    }
}

diesel::table! {
    market_postings (token, field, block) {
        token -> Text,
        field -> SmallInt,
        block -> Integer,
        numbers -> Binary,
    }
}

diesel::table! {
    market_cells (kind, block) {
        kind -> SmallInt,
        block -> Integer,
        cells -> Binary,
    }
}

diesel::table! {
    market_categories (category_id) {
        category_id -> Text,
        code -> Integer,
    }
}

diesel::table! {
    market_tags (tag) {
        tag -> Text,
        name -> Text,
        entries -> Integer,
    }
}

diesel::table! {
    service_requests (id) {
        id -> Text,
        instance_id -> Text,
        application_id -> Nullable<Text>,
        partner_id -> Text,
        customer_id -> Text,
        kind -> Text,
        title -> Text,
        status -> Text,
        opened_by -> Text,
        opened_at -> Timestamp,
        changed_at -> Timestamp,
        waiting_since -> Nullable<Timestamp>,
        first_response_at -> Nullable<Timestamp>,
        first_response_seconds -> Nullable<BigInt>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closing_seconds -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    service_messages (id) {
        id -> Text,
        request_id -> Text,
        kind -> Text,
        side -> Text,
        author_id -> Text,
        text -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    service_message_files (message_id, position) {
        message_id -> Text,
        position -> Integer,
        request_id -> Text,
        file_id -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organizations,
    users,
    memberships,
    departments,
    department_members,
    sessions,
    refresh_tokens,
    audit_entries,
    idempotency_keys,
    jobs,
    files,
    entitlements,
    applications,
    application_versions,
    application_components,
    application_sample_rows,
    application_sample_values,
    package_imports,
    distribution_permissions,
    agreement_acceptances,
    projects,
    project_events,
    project_amount_checks,
    settlements,
    distribution_links,
    purchase_mismatches,
    orders,
    app_instances,
    instance_audiences,
    deliveries,
    delivery_items,
    replaced_pages,
    removed_pages,
    instance_components,
    app_records,
    app_record_values,
    app_record_changes,
    app_record_drafts,
    record_files,
    discarded_files,
    instance_page_settings,
    instance_acceptances,
    instance_acceptance_ticks,
    order_events,
    maintenance_sessions,
    maintenance_settings,
    instance_bindings,
    instance_members,
    instance_waivers,
    component_suspensions,
    notifications,
    notification_preferences,
    search_tokens,
    amendments,
    link_seats,
    order_seats,
    instance_seats,
    test_organizations,
    self_tests,
    self_test_items,
    calendar_days,
    categories,
    category_operators,
    pre_tasks,
    payee_accounts,
    products,
    product_revisions,
    product_tasks,
    product_events,
    market_places,
    market_entries,
    market_postings,
    market_cells,
    market_categories,
    market_tags,
    service_requests,
    service_messages,
    service_message_files,
    cool_apps,
    cool_app_traits,
    groups,
    group_members,
    cool_app_installations,
    cool_app_entries,
    cool_app_robots,
    promotion_links,
    promotion_visits,
    promotion_visitors,
    promotion_sign_ins,
    product_orders,
    product_refunds,
);

diesel::table! {
    leads (id) {
        id -> Text,
        product_id -> Text,
        product_name -> Text,
        partner_id -> Text,
        customer_id -> Text,
        user_id -> Text,
        source -> Text,
        channel_code -> Nullable<Text>,
        organization_name -> Text,
        person_name -> Text,
        email -> Text,
        phone -> Text,
        message -> Text,
        status -> Text,
        lost_reason -> Text,
        assigned_to -> Nullable<Text>,
        created_at -> Timestamp,
        contacted_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        open_key -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    lead_events (id) {
        id -> Text,
        lead_id -> Text,
        kind -> Text,
        user_id -> Text,
        note -> Text,
        assigned_to -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::table! {
    licenses (id) {
        id -> Text,
        organization_id -> Text,
        partner_id -> Text,
        product_id -> Text,
        application_id -> Text,
        product_name -> Text,
        organization_name -> Text,
        status -> Text,
        item_code -> Nullable<Text>,
        plan_name -> Text,
        seats -> Nullable<Integer>,
        from_at -> Timestamp,
        until_at -> Nullable<Timestamp>,
        terms -> Text,
        tried_at -> Nullable<Timestamp>,
        reminded_days -> Nullable<Integer>,
        instance_id -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    product_orders (id) {
        id -> Text,
        number -> Text,
        partner_id -> Text,
        customer_id -> Text,
        product_id -> Text,
        revision_id -> Text,
        license_id -> Nullable<Text>,
        product_name -> Text,
        customer_name -> Text,
        charge_type -> Text,
        order_type -> Text,
        status -> Text,
        item_code -> Nullable<Text>,
        plan_name -> Text,
        seats -> Nullable<Integer>,
        months -> Nullable<Integer>,
        amount_minor -> BigInt,
        currency -> Text,
        service -> Text,
        ordered_by -> Text,
        by_partner -> Bool,
        created_at -> Timestamp,
        pay_until -> Nullable<Timestamp>,
        paid_at -> Nullable<Timestamp>,
        payment_provider -> Nullable<Text>,
        payment_reference -> Text,
        close_reason -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        open_key -> Nullable<Text>,
        search_text -> Text,
        version -> Integer,
        isv_operation_code -> Nullable<Text>,
    }
}

diesel::table! {
    product_refunds (order_id) {
        order_id -> Text,
        amount_minor -> BigInt,
        refund_by -> Text,
        reason -> Text,
        asked_by -> Nullable<Text>,
        asked_at -> Timestamp,
        refunded_at -> Nullable<Timestamp>,
        reference -> Text,
    }
}

diesel::table! {
    payment_events (id) {
        id -> Text,
        order_id -> Text,
        kind -> Text,
        amount_minor -> BigInt,
        currency -> Text,
        reference -> Text,
        occurred_at -> Timestamp,
        received_at -> Timestamp,
        outcome -> Text,
    }
}

diesel::table! {
    product_ratings (id) {
        id -> Text,
        product_id -> Text,
        organization_id -> Text,
        partner_id -> Text,
        stars -> Integer,
        text -> Text,
        rated_by -> Text,
        rated_at -> Timestamp,
        answer -> Text,
        answered_at -> Nullable<Timestamp>,
        hidden_at -> Nullable<Timestamp>,
        hidden_by -> Nullable<Text>,
        hidden_reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    product_rating_sums (product_id) {
        product_id -> Text,
        ratings -> Integer,
        stars -> Integer,
    }
}

diesel::table! {
    cool_apps (id) {
        id -> Text,
        organization_id -> Text,
        product_id -> Text,
        code -> Text,
        status -> Text,
        name -> Text,
        content -> Text,
        approved_content -> Nullable<Text>,
        search_text -> Text,
        market_at -> Nullable<Timestamp>,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision -> Nullable<Text>,
        reason -> Nullable<Text>,
        field_reasons -> Text,
        delisted_by -> Nullable<Text>,
        delisted_at -> Nullable<Timestamp>,
        delisting_reason -> Nullable<Text>,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    cool_app_traits (word, cool_app_id) {
        word -> Text,
        cool_app_id -> Text,
    }
}

diesel::table! {
    groups (id) {
        id -> Text,
        organization_id -> Text,
        name -> Text,
        kind -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    group_members (group_id, user_id) {
        group_id -> Text,
        user_id -> Text,
    }
}

diesel::table! {
    cool_app_installations (id) {
        id -> Text,
        cool_app_id -> Text,
        group_id -> Text,
        organization_id -> Text,
        status -> Text,
        installed_by -> Text,
        installed_at -> Timestamp,
        enabled_by -> Nullable<Text>,
        enabled_at -> Nullable<Timestamp>,
        uninstalled_by -> Nullable<Text>,
        uninstalled_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    cool_app_entries (installation_id, position) {
        installation_id -> Text,
        position -> Integer,
        name -> Text,
        url -> Text,
        icon_id -> Text,
        open_mode -> Text,
    }
}

diesel::table! {
    cool_app_robots (installation_id) {
        installation_id -> Text,
        name -> Text,
        icon_id -> Text,
    }
}

diesel::table! {
    promotion_links (id) {
        id -> Text,
        organization_id -> Text,
        product_id -> Text,
        name -> Text,
        channel_code -> Text,
        token_hash -> Text,
        valid_from -> Nullable<Timestamp>,
        valid_to -> Nullable<Timestamp>,
        disabled -> Bool,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    promotion_visits (link_id, day) {
        link_id -> Text,
        day -> Date,
        opens -> Integer,
        visitors -> Integer,
    }
}

diesel::table! {
    promotion_visitors (link_id, visitor_hash) {
        link_id -> Text,
        visitor_hash -> Text,
    }
}

diesel::table! {
    promotion_sign_ins (link_id, user_id) {
        link_id -> Text,
        user_id -> Text,
        organization_id -> Text,
        day -> Date,
    }
}

diesel::table! {
    rollouts (id) {
        id -> Text,
        partner_id -> Text,
        product_id -> Text,
        version_id -> Text,
        version_number -> Text,
        product_name -> Text,
        status -> Text,
        automatic -> Bool,
        total -> Integer,
        created_by -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
        open_key -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    rollout_waves (rollout_id, number) {
        rollout_id -> Text,
        number -> Integer,
        kind -> Text,
        percent -> Nullable<Integer>,
        status -> Text,
        total -> Integer,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rollout_subscribers (rollout_id, license_id) {
        rollout_id -> Text,
        license_id -> Text,
        organization_id -> Text,
        instance_id -> Text,
        wave -> Nullable<Integer>,
        state -> Text,
        reason -> Nullable<Text>,
        from_version -> Text,
        frozen_until -> Nullable<Timestamp>,
        delivery_id -> Nullable<Text>,
        kept -> Text,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    freeze_windows (id) {
        id -> Text,
        organization_id -> Text,
        from_at -> Timestamp,
        until_at -> Timestamp,
        reason -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    delisting_decisions (id) {
        id -> Text,
        product_id -> Text,
        organization_id -> Text,
        category_id -> Text,
        applied_by -> Text,
        applied_at -> Timestamp,
        approved -> Bool,
        decided_by -> Text,
        decided_at -> Timestamp,
    }
}

// A view. What is no review has no state, and what was not handed in no time of it; `store::approval` leaves both out.
diesel::table! {
    approvals (id) {
        id -> Text,
        kind -> Text,
        subject_id -> Text,
        organization_id -> Text,
        category_id -> Nullable<Text>,
        owner_id -> Nullable<Text>,
        withheld -> Bool,
        title -> Text,
        state -> Text,
        submitted_by -> Nullable<Text>,
        submitted_at -> Timestamp,
        due_at -> Nullable<Timestamp>,
        queue_at -> Nullable<Timestamp>,
        first_approved_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(licenses, app_instances);
diesel::allow_columns_to_appear_in_same_group_by_clause!(licenses::status, app_instances::version_number);
diesel::allow_columns_to_appear_in_same_group_by_clause!(licenses::status, app_instances::status);
