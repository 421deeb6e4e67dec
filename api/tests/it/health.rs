//! What holds for every answer, and what whoever runs the server looks at.

use reqwest::{Method, StatusCode};

use crate::support::{Commune, db_test, serve};

db_test! {
    async fn the_server_tells_how_it_is(db) {
        let site = serve(&db).await;
        let get = |path: &str| site.send(site.request(Method::GET, path));
        assert_eq!(get("/healthz").await.text, "ok");
        let early = get("/readyz").await;
        assert_eq!((early.status, early.code()), (StatusCode::SERVICE_UNAVAILABLE, "unavailable"));
        let commune = Commune::found(db.clone(), 1).await;
        assert_eq!(get("/readyz").await.text, "ready");
        site.tick(&commune.people[0], "cantine", "2017-09-18").await;
        let figures = get("/metrics").await.text;
        let route = "route=\"/api/v1/children/{child}/inscriptions/{activity}/{date}\"";
        assert!(
            figures.lines().any(|line| line.contains(route) && line.contains("status=\"200\"")),
            "{figures}"
        );
        let statements: u64 = figures
            .lines()
            .find_map(|line| line.strip_prefix("preau_sql_statements_total "))
            .unwrap()
            .parse()
            .unwrap();
        assert!(statements > 0 && statements <= db.statements());
    }
}

db_test! {
    async fn every_answer_protects_the_browser(db) {
        Commune::found(db.clone(), 1).await;
        let site = serve(&db).await;
        for path in ["/healthz", "/api/v1/me", "/api/docs/", "/api/v1/openapi.yaml"] {
            let answer = site.send(site.request(Method::GET, path)).await;
            let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
            assert!(header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert!(header("strict-transport-security").starts_with("max-age="));
        }
        let private = site.send(site.request(Method::GET, "/api/v1/me")).await;
        assert_eq!(private.headers["cache-control"], "no-store");
    }
}

db_test! {
    async fn integrators_find_the_document_and_its_reference(db) {
        let site = serve(&db).await;
        let get = |path: &str| site.send(site.request(Method::GET, path));
        let yaml = get("/api/v1/openapi.yaml").await;
        assert_eq!(yaml.status, StatusCode::OK);
        for path in ["/api/v1/auth/login:", "/api/v1/family/weeks/{monday}:"] {
            assert!(yaml.text.contains(path), "{path}");
        }
        let document = api::openapi::document();
        assert_eq!(yaml.text, document.to_yaml().unwrap());
        assert_eq!(get("/api/v1/openapi.json").await.text, document.to_json().unwrap());
        for (path, item) in &document.paths.paths {
            for operation in [&item.get, &item.put, &item.post, &item.delete].into_iter().flatten() {
                assert!(operation.operation_id.is_some(), "{path}");
                assert!(operation.summary.is_some(), "{path}");
                assert!(operation.responses.responses.len() > 1, "{path}");
            }
        }
        let page = get("/api/docs/").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("swagger-ui"));
    }
}
