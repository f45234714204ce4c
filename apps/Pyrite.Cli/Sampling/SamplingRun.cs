using System.Diagnostics;
using System.Globalization;
using Pyrite.Cli.Sharing;
using Pyrite.Cli.Training;

namespace Pyrite.Cli.Sampling;

/// <summary>One run of <c>pyrite sample</c>: chains, what is printed, what is written.</summary>
internal sealed class SamplingRun(SamplingSettings settings, Terminal terminal, Ranks ranks)
{
    private const int FewestDraws = 20;
    private const int LiveBlock = 50;

    /// <summary>Samples, prints, writes; after an interruption, what was drawn until then.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public int Run()
    {
        EngineThreads.Choose(settings.Threads);
        SamplingExample example = SamplingExamples.Find(settings.Example);
        string path = settings.Output ?? Path.Combine("runs", example.Name);
        bool isWritten = settings.WithPlots || settings.WithDraws || settings.WithReport || settings.IsLive;
        OutputFolder? folder = ranks.Agree(() => ranks.IsFirst && isWritten ? OutputFolder.Prepare(path) : null, "the folder");
        if (ranks.IsFirst && ranks.Count > settings.Chains)
        {
            terminal.Error.WriteLine(
                $"{ranks.Count - settings.Chains} of {ranks.Count} processes have no chain: start fewer, or take --chains {ranks.Count}.");
        }
        double acceptance = settings.TargetAcceptance ?? example.TargetAcceptance;
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{example.Title}\nNUTS: {settings.Chains} chains of {settings.Warmup} warm-up transitions and {settings.Draws} draws, target "
                + $"acceptance {acceptance}, seed {settings.Seed}\n"));
        terminal.Output.Flush();

        long start = Stopwatch.GetTimestamp();
        IProgress<McmcProgress> progress = terminal.IsInteractive
            ? new TerminalProgress(ProgressStyle.Live, terminal.Output, terminal.Error)
            : new SamplingNotes(terminal.Error);
        using RunLog? log = settings.IsLive && folder is not null ? new RunLog(path) : null;
        progress = log is null ? progress : new BothProgress(progress, log);
        ChainFiles? files = settings.IsLive
            ? new ChainFiles(Path.Combine(path, SamplingDraws.Name)) { BlockSize = LiveBlock, Replace = true, Model = example.Name }
            : null;
        McmcResult result = Mcmc.Run(
            example.Model, new Nuts(acceptance, maximumTreeDepth: settings.MaximumTreeDepth), settings.Chains, settings.Warmup, settings.Draws,
                (ulong)settings.Seed,
            progress, ranks.Interruption, settings.Thinning, files: files, group: ranks.Group);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!ranks.IsFirst)
        {
            return result.IsComplete ? ExitCode.Success : ExitCode.Interrupted;
        }
        if (!result.IsComplete)
        {
            if (!result.HasDraws || result.Draws.Count < FewestDraws)
            {
                return Stopped(result, example, folder);
            }

            terminal.Output.WriteLine($"Interrupted: {result.Draws.DrawsPerChain} of {settings.Draws} draws of {result.Draws.Chains} chains.\n");
        }
        terminal.Output.WriteLine(SamplingReport.Of(result, seconds));
        terminal.Output.Flush();
        if (folder is not null)
        {
            Write(folder, example, result);
        }

        return result.IsComplete ? ExitCode.Success : ExitCode.Interrupted;
    }

    /// <summary>Too few draws for tables and plots; what there is can still be kept.</summary>
    private int Stopped(McmcResult result, SamplingExample example, OutputFolder? folder)
    {
        if (folder is not null && settings.WithDraws && result.HasDraws)
        {
            SaveDraws(folder, result, example);
            folder.RequireSaved();
            terminal.Output.WriteLine(
                $"Interrupted: {result.Draws.DrawsPerChain} of {settings.Draws} draws of {result.Draws.Chains} chains are in {folder.Path}.");
        }
        else
        {
            folder?.LeaveIfEmpty();
            terminal.Output.WriteLine("Interrupted: the chains were stopped, nothing is written.");
        }
        return ExitCode.Interrupted;
    }

    /// <summary>Draws that were not written while they were made.</summary>
    private void SaveDraws(OutputFolder folder, McmcResult result, SamplingExample example)
    {
        if (!settings.IsLive)
        {
            SamplingDraws.Save(folder, result, example.Name);
        }
    }

    private void Write(OutputFolder folder, SamplingExample example, McmcResult result)
    {
        List<string> written = [];
        if (settings.WithDraws || settings.IsLive)
        {
            SaveDraws(folder, result, example);
            written.Add($"the draws ({(result.Draws.Chains == 1 ? "draws_1.csv" : $"draws_1.csv to draws_{result.Draws.Chains}.csv")})");
        }
        if (settings.WithPlots)
        {
            written.Add($"plots ({string.Join(", ", SamplingPlots.Save(folder, example, result, settings.WithSvg))})");
        }
        if (settings.WithReport)
        {
            folder.Save("report.html", path => result.SaveReport(path, example.Model, example.Title));
            written.Add("a page of the run (report.html)");
        }

        folder.RequireSaved();
        terminal.Output.WriteLine($"Saved in {folder.Path}: {string.Join(", ", written[..^1])}{(written.Count > 1 ? " and " : "")}{written[^1]}");
    }
}
