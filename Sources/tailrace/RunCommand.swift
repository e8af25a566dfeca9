import ArgumentParser
import Foundation
import TailraceConfig
import TailraceDaemon

/// `tailrace run`: the daemon.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Follow the configured sources as they grow.")

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config = CheckCommand.defaultPath

    @Option(help: ArgumentHelp("Store to write instead of the configured one.", valueName: "file"))
    var store: String?

    func run() throws {
        do {
            try Daemon(configurationPath: config, storePath: store).run()
        } catch let fault as ConfigurationFault {
            throw fault.exit
        } catch {
            reportFault("\(error)")
            throw ExitCode(CommandExit.io.rawValue)
        }
    }
}
