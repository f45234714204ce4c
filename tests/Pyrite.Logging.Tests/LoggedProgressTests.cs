using Microsoft.Extensions.Logging;
using static Pyrite.Primitives;

namespace Pyrite.Logging.Tests;

public sealed class LoggedProgressTests
{
    [Fact]
    public void A_run_of_steps_is_told_with_its_numbers_by_name()
    {
        Notebook notebook = new();
        Svi<double> svi = Fit();
        SviResult result = svi.Run(0, 200, new LoggedProgress(notebook));

        Entry end = notebook.Entries[^1];
        Assert.Equal((LogLevel.Information, "SviEnded"), (end.Level, end.Event));
        Assert.Equal(200, end.Values["Step"]);
        Assert.Equal(result.Losses[^1], end.Values["Loss"]);
        Assert.Equal(SviStopReason.Completed, end.Values["StopReason"]);
        Assert.StartsWith("Variational inference ended after 200 of 200 steps, loss ", end.Text);
        Assert.Equal(99, notebook.Entries.Count(entry => entry is { Level: LogLevel.Debug, Event: "SviStep" }));
    }

    [Fact]
    public void A_run_that_an_exception_ends_is_a_warning()
    {
        Notebook notebook = new();
        Assert.ThrowsAny<Exception>(
            () => Fit().Run(step => step < 3 ? 0 : throw new InvalidOperationException("no data"), 10, new LoggedProgress(notebook)));

        Assert.Equal((LogLevel.Warning, "SviFailed"), (notebook.Entries[^1].Level, notebook.Entries[^1].Event));
        Assert.Equal(3, notebook.Entries[^1].Values["Step"]);
    }

    [Fact]
    public void Chains_are_told_and_divergences_are_warnings()
    {
        Notebook notebook = new();
        McmcResult result = Mcmc.Run(Funnel, chains: 2, warmup: 100, draws: 100, seed: 1, progress: new LoggedProgress(notebook));

        Entry end = Assert.Single(notebook.Entries, entry => entry.Event == "McmcEnded");
        Assert.Equal(LogLevel.Information, end.Level);
        Assert.Equal(400L, end.Values["Transitions"]);
        Assert.Equal(result.Divergences, Assert.Single(notebook.Entries, entry => entry.Event == "McmcDivergent").Values["Divergences"]);
        Assert.Equal(2, notebook.Entries.Count(entry => entry.Event == "McmcChainEnded"));
    }

    [Fact]
    public void A_run_of_chains_that_was_cancelled_is_a_warning()
    {
        Notebook notebook = new();
        using CancellationTokenSource source = new();
        source.Cancel();
        Mcmc.Run(Funnel, chains: 2, warmup: 100, draws: 100, seed: 1, cancellation: source.Token, progress: new LoggedProgress(notebook));

        Entry end = Assert.Single(notebook.Entries, entry => entry.Event == "McmcStopped");
        Assert.Equal((LogLevel.Warning, 0L, 400L), (end.Level, end.Values["Transition"], end.Values["Transitions"]));
    }

    [Fact]
    public void Epochs_are_told_at_their_end()
    {
        Notebook notebook = new();
        DataLoader loader = new(new TensorDataset(Tensor.Zeros(10, 2)), batchSize: 4);
        LoggedProgress progress = new(notebook);
        foreach (Batch _ in progress.Over(loader))
        {
        }
        foreach (Batch _ in progress.Over(loader))
        {
            break;
        }

        Assert.Equal(["Epoch 0 ended after 3 of 3 batches, 10 rows", "Epoch 1 ended after 1 of 3 batches, 4 rows"],
            notebook.Entries.Select(entry => entry.Text));
    }

    private static Svi<double> Fit() =>
        new(x => Sample("x", new Normal(Param("mean", 3.0), 1), observed: x), _ => { }, new Adam(0.1), new TraceElbo());

    private static void Funnel() => Sample("x", new Normal(0, (Sample("log scale", new Normal(0, 3)) / 2).Exp()));

    private sealed record Entry(LogLevel Level, string? Event, string Text, IReadOnlyDictionary<string, object?> Values);

    /// <summary>A logger that keeps what it is told.</summary>
    private sealed class Notebook : ILogger
    {
        private readonly Lock one = new();

        public List<Entry> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (one)
            {
                Entries.Add(new(logLevel, eventId.Name, formatter(state, exception),
                    ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value)));
            }
        }
    }
}
