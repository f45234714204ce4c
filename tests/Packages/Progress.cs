using Microsoft.Extensions.Logging;
using Pyrite;
using static Pyrite.Primitives;

// The first run of a process and its loop over data show themselves; so do chains. A logger hears of the epoch.
Tensor heads = Tensor.From([1f, 1, 0, 1, 1, 0, 1, 1]);
var svi = new Svi<Tensor>(Model, Guide, new Adam(0.02), new TraceElbo());
svi.Run(heads, 500, new TerminalProgress());
Mcmc.Run(() => Model(heads), chains: 2, warmup: 200, draws: 200, seed: 1, progress: new TerminalProgress());
var loader = new DataLoader(new TensorDataset(Tensor.Zeros(64, 4)), batchSize: 16);
foreach (Batch batch in new LoggedProgress(new PrintedLog()).Over(loader))
{
    svi.Step(heads);
}

static void Model(Tensor heads)
{
    Tensor bias = Sample("bias", new Beta(1, 1));
    using PlateScope tosses = Plate("tosses", heads.Shape[0]);
    Sample("toss", new Bernoulli(bias), observed: heads);
}

static void Guide(Tensor heads) => Sample("bias", new Beta(Param("a", 2.0, Constraints.Positive), Param("b", 2.0, Constraints.Positive)));

sealed class PrintedLog : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel level) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> text) =>
        Console.WriteLine($"logged: {text(state, error)}");
}
