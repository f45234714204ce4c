
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Every statement, every way to another thread, and every kind of run: a statement on a thread that the run does not own is refused in all
/// of them.</summary>
internal static class ForeignStatement
{
    private static readonly Linear Net = new(1, 1);

    public static readonly Dictionary<string, Action> Statements = new()
    {
        ["Sample"] = () => Sample("s", new Normal(0, 1)),
        ["observed Sample"] = () => Sample("s", new Normal(0, 1), observed: 8.0),
        ["partly observed Sample"] =
            () => Sample("s", new Normal(0, 1), observed: 8.0, observedMask: Tensor.From(new[] { true }).Reshape(Shape.Scalar)),
        ["Param"] = () => Param("s", 0.5),
        ["Factor"] = () => Factor("s", 0.5),
        ["Deterministic"] = () => Deterministic("s", 0.5),
        ["Register"] = () => Register("s", Net),
        ["Plate"] = () => Plate("s", 3).Dispose(),
        ["subsampled Plate"] = () => Plate("s", 3, subsampleSize: 2).Dispose(),
        ["PlateAxis"] = () => new PlateAxis("s", 3).Enter().Dispose(),
        ["PlateStack"] = () => PlateStack("s", [3]).Dispose(),
        ["SequentialPlate"] = () =>
        {
            foreach (int i in SequentialPlate("s", 2))
            {
            }
        },
        ["Markov"] = () =>
        {
            foreach (int i in Markov(0, 2))
            {
            }
        },
        ["RandomModule"] = () => RandomModule("s", Net, new Normal(0, 1)).Dispose(),
        ["Scope"] = () => Scope("s").Dispose(),
        ["Subsample"] = () => Subsample(Tensor.Zeros(3), 0),
        ["a handler"] = () => new ScaleHandler(0.5).Run(() => Sample("s", new Normal(0, 1), observed: 8.0)),
    };

    public static readonly Dictionary<string, Action<Action>> Ways = new()
    {
        ["Task.Run"] = work => Task.Run(work).Wait(),
        ["Task.Run, unwrapped"] = work => Task.Run(work).GetAwaiter().GetResult(),
        ["a task on the very thread"] = work =>
        {
            Task task = new(work);
            task.RunSynchronously();
            task.Wait();
        },
        ["after an await"] = work => AfterAwait(work).Wait(),
        ["a continuation"] = work => Task.CompletedTask.ContinueWith(_ => work(), TaskScheduler.Default).Wait(),
        ["a value task"] = work => Later(work).AsTask().Wait(),
        ["an async stream"] = work => Walk(work).Wait(),
        ["an async void method"] = work =>
        {
            using ManualResetEventSlim done = new();
            Forgotten(work, done);
            done.Wait();
        },
        ["a timer"] = work =>
        {
            using ManualResetEventSlim done = new();
            using Timer timer = new(_ => Lost(work, done), null, 1, Timeout.Infinite);
            done.Wait();
        },
        ["Parallel.Invoke"] = work => OnAnotherThread(run => Parallel.Invoke([.. Enumerable.Repeat(run, 64)]), work),
        ["Parallel.ForEachAsync"] = work => Parallel.ForEachAsync([0], (_, _) =>
        {
            work();
            return ValueTask.CompletedTask;
        }).Wait(),
        ["Parallel.For"] = work => OnAnotherThread(run => Parallel.For(0, 64, _ => run()), work),
        ["PLINQ"] = work => OnAnotherThread(run => Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(4).ForAll(_ => run()), work),
        ["a thread"] = work =>
        {
            Thread thread = new(() => work());
            thread.Start();
            thread.Join();
        },
        ["the thread pool"] = work =>
        {
            // Whoever queues work must hand on its exceptions; one that is lost must not hide the statement either.
            using ManualResetEventSlim done = new();
            ThreadPool.QueueUserWorkItem(_ => Lost(work, done));
            done.Wait();
        },
    };

    public static readonly Dictionary<string, Action<Action>> Runs = new()
    {
        ["Svi.Step, model"] = model => Fit(model, () => Sample("z", new Normal(Param("loc", 0.0), 1))).Step(0),
        ["Svi.Step, guide"] = guide => Fit(() => { }, () =>
        {
            Sample("z", new Normal(Param("loc", 0.0), 1));
            guide();
        }).Step(0),
        ["Svi.Step, automatic guide"] =
            model => new Svi<int>(_ => Model(model), new AutoNormal<int>(_ => Model(model)), new Adam(), new TraceElbo()).Step(0),
        ["Svi.Evaluate"] = model => Fit(model, () => Sample("z", new Normal(Param("loc", 0.0), 1))).Evaluate(0),
        ["Svi.Predict"] = model => Fit(model, () => Sample("z", new Normal(Param("loc", 0.0), 1))).Predict(0, 2),
        ["Mcmc.Run"] = model => Mcmc.Run(() => Model(model), chains: 1, warmup: 5, draws: 5),
        ["Potential.Of"] = model => Potential.Of(() => Model(model)),
        ["Predictive.Draw"] = model => Predictive.Draw(_ => Model(model), 0, 2),
        ["Trace.Of"] = model => Trace.Of(() => Model(model)),
        ["Inspect.Check"] = model => Inspect.Check(() => Model(model)),
        ["Inspect.Graph"] = model => Inspect.Graph(() => Model(model)),
        ["Inspect.ShapeTable"] = model => Inspect.ShapeTable(() => Model(model)),
        ["ImportanceSampling.Of"] =
            model => ImportanceSampling.Of(_ => Model(model), 0, _ => Sample("z", new Normal(0, 1)), Fit(() => { }, () => { }).Parameters, 2),
        ["AutoLaplace.Approximate"] = model => new AutoLaplace<int>(_ => Model(model)).Approximate(0),
    };

    private static Svi<int> Fit(Action model, Action guide) => new(_ => Model(model), _ => guide(), new Adam(), new TraceElbo());

    private static void Model(Action more)
    {
        Sample("z", new Normal(0, 1));
        more();
    }

    private static void Lost(Action work, ManualResetEventSlim done)
    {
        try
        {
            work();
        }
        catch (ModelException)
        {
            // Lost.
        }
        done.Set();
    }

    private static async void Forgotten(Action work, ManualResetEventSlim done)
    {
        await Task.Delay(1).ConfigureAwait(false);
        Lost(work, done);
    }

    private static async ValueTask Later(Action work)
    {
        await Task.Delay(1).ConfigureAwait(false);
        work();
    }

    private static async Task Walk(Action work)
    {
        await foreach (int _ in Numbers().ConfigureAwait(false))
        {
            work();
        }
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        await Task.Delay(1).ConfigureAwait(false);
        yield return 1;
    }

    private static async Task AfterAwait(Action work)
    {
        await Task.Delay(1).ConfigureAwait(false);
        work();
    }

    /// <summary>Loops that share their work with the caller: only what other threads do is foreign.</summary>
    private static void OnAnotherThread(Action<Action> loop, Action work)
    {
        int caller = Environment.CurrentManagedThreadId, done = 0;

        // On a busy machine no other thread may come in time: the loop is then offered again.
        for (int offer = 0; offer < 30 && Volatile.Read(ref done) == 0; offer++)
        {
            loop(() =>
            {
                if (Environment.CurrentManagedThreadId != caller && Interlocked.Exchange(ref done, 1) == 0)
                {
                    work();
                }
                SpinWait.SpinUntil(() => Volatile.Read(ref done) == 1, 20);
            });
        }
        Assert.Equal(1, done);
    }
}
