// swift-tools-version:6.2
import Foundation
import PackageDescription

/// ISA-L unpacks gzip several times as fast as zlib. It is used where it is installed; `TAILRACE_ISAL=0` builds without
/// it, and the Makefile says which: a changed environment makes the package manager read this file anew, an installed
/// library does not.
let hasISAL =
    Context.environment["TAILRACE_ISAL"].map { $0 == "1" }
    ?? ["/usr/include", "/usr/local/include"].contains {
        FileManager.default.fileExists(atPath: $0 + "/isa-l/igzip_lib.h")
    }
let isal: [Target] =
    hasISAL ? [.systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])])] : []

/// Every target of ours is built alike: Swift 6 mode, explicit existentials, imports that do not leak,
/// and warnings that stop the build.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-warnings-as-errors"]),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "tailrace",
    products: [
        .executable(name: "tailrace", targets: ["tailrace"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // The way of the data, from the outside in. Imports point down only.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CScan", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(name: "CCharset", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(name: "TailracePipeline", dependencies: ["CCharset", "CScan"], swiftSettings: strict),
        .target(
            name: "TailraceIngest", dependencies: ["CZlib", "CZstd"] + isal.map { .target(name: $0.name) },
            swiftSettings: strict + (hasISAL ? [.define("ISAL")] : [])),
        .target(name: "TailraceAnalysis", dependencies: ["TailracePipeline"], swiftSettings: strict),
        .target(name: "TailraceConfig", dependencies: ["TailracePipeline", yams], swiftSettings: strict),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "TailraceStore", dependencies: ["CSQLite", "TailracePipeline"], swiftSettings: strict),
        .target(
            name: "TailraceEngine",
            dependencies: [
                "TailraceIngest", "TailracePipeline", "TailraceAnalysis", "TailraceStore", "TailraceConfig",
            ],
            swiftSettings: strict),
        .target(
            name: "TailraceDaemon", dependencies: ["TailraceIngest", "TailraceEngine", "TailraceConfig"],
            swiftSettings: strict),
        .executableTarget(
            name: "tailrace",
            dependencies: [
                "TailraceAnalysis", "TailraceConfig", "TailraceEngine", "TailraceDaemon", "TailraceIngest",
                "TailracePipeline", "TailraceStore", argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(name: "kernels", dependencies: ["TailracePipeline"], swiftSettings: strict),
        .executableTarget(name: "indexbench", dependencies: ["TailracePipeline"], swiftSettings: strict),
        .executableTarget(
            name: "stagetimes",
            dependencies: ["TailraceConfig", "TailraceEngine", "TailraceIngest", "TailracePipeline"],
            swiftSettings: strict),
        .target(name: "StageSimulation", dependencies: ["TailraceAnalysis"], swiftSettings: strict),
        .executableTarget(
            name: "stagesim", dependencies: ["StageSimulation", "TailraceAnalysis"], swiftSettings: strict),
        .executableTarget(name: "samplelogs", dependencies: ["CZlib", "CZstd"], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["TailracePipeline", "CZlib", "CZstd"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .executableTarget(
            name: "fuzz", dependencies: ["TailraceIngest", "TailracePipeline", "TailraceConfig"], path: "Tests/Fuzz",
            exclude: ["Seeds"], swiftSettings: strict),
        .testTarget(
            name: "TailracePipelineTests", dependencies: ["CScan", "TailracePipeline", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TailraceAnalysisTests", dependencies: ["StageSimulation", "TailraceAnalysis", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TailraceIngestTests", dependencies: ["TailraceIngest", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TailraceConfigTests", dependencies: ["TailraceConfig", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TailraceEngineTests",
            dependencies: ["TailraceConfig", "TailraceEngine", "TailracePipeline", "TailraceStore", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "TailraceDaemonTests", dependencies: ["TailraceDaemon", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TailraceStoreTests", dependencies: ["TailraceStore", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "EndToEnd",
            dependencies: [
                "tailrace", "samplelogs", "fuzz", "TestSupport", "TailraceStore", "TailraceIngest", "TailracePipeline",
                "TailraceAnalysis", "StageSimulation",
            ],
            exclude: ["Oracles", "DoctorTexts"], swiftSettings: strict),
    ] + isal
)
