//! Parts that records of every kind have in common.

/// From the time to the region.
pub(crate) const HEAD: &str = r#","eventTime":"${time}","eventSource":"${service}.amazonaws.com",
    "eventName":"${action}","awsRegion":"${region}","sourceIPAddress":""#;

/// A request that came through a VPC endpoint.
pub(crate) const ENDPOINT: &str = r#","vpcEndpointId":"${endpoint}""#;

/// The same from format version 1.09 on, which names the owner of the endpoint.
pub(crate) const OWNED_ENDPOINT: &str =
    r#","vpcEndpointId":"${endpoint}","vpcEndpointAccountId":"${home}""#;

/// The start of `tlsDetails`, before the host.
pub(crate) const TLS: &str = r#","tlsDetails":{$("tlsVersion":"TLSv1.2",
    "cipherSuite":"ECDHE-RSA-AES128-GCM-SHA256"$|"tlsVersion":"TLSv1.3",
    "cipherSuite":"TLS_AES_128_GCM_SHA256"$|"tlsVersion":"TLSv1.3",
    "cipherSuite":"TLS_AES_128_GCM_SHA256"$|"tlsVersion":"TLSv1.3",
    "cipherSuite":"TLS_AES_256_GCM_SHA384"$)"#;

/// The end of `tlsDetails` from format version 1.11 on, now and then with the newest part.
pub(crate) const KEY_EXCHANGE: &str = r#"$($|$|,"keyExchange":"x25519"$|
    ,"keyExchange":"X25519MLKEM768"$)"#;
