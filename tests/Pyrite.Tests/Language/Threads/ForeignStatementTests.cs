
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class ForeignStatementTests
{
    public static TheoryData<string> Statements => [.. ForeignStatement.Statements.Keys];

    public static TheoryData<string, string> WaysAndRuns
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string run in ForeignStatement.Runs.Keys)
            {
                foreach (string way in ForeignStatement.Ways.Keys)
                {
                    pairs.Add(run, way);
                }
            }
            return pairs;
        }
    }

    [Fact]
    public void Every_statement_of_the_language_is_in_the_table()
    {
        IEnumerable<string> statements =
            typeof(Primitives).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static).Select(method => method.Name)
                .Distinct();
        Assert.Empty(statements.Except(ForeignStatement.Statements.Keys));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_in_a_task_is_refused_with_its_name_and_the_rule(string statement)
    {
        ModelException refusal =
            Assert.Throws<ModelException>(
                () => Trace.Of(() => Task.Factory.StartNew(ForeignStatement.Statements[statement], TaskCreationOptions.LongRunning).Wait()));
        Assert.Equal(ModelError.StatementOnOtherThread, refusal.Kind);
        refusal = Assert.Throws<ModelException>(() => Trace.Of(() => new Task(ForeignStatement.Statements[statement]).RunSynchronously()));
        Assert.Equal(ModelError.StatementOnOtherThread, refusal.Kind);
        Assert.Contains("State everything on the thread that runs the model", refusal.Message);
        if (statement is not ("Scope" or "Subsample" or "Markov" or "a handler"))
        {
            Assert.StartsWith("s", refusal.Site);
        }
    }

    [Theory]
    [MemberData(nameof(WaysAndRuns))]
    public void A_statement_on_another_thread_is_refused_in_every_run(string run, string way)
    {
        ModelException refusal =
            Assert.Throws<ModelException>(
                () => ForeignStatement.Runs[run](() => ForeignStatement.Ways[way](ForeignStatement.Statements["observed Sample"])));
        Assert.Equal(ModelError.StatementOnOtherThread, refusal.Kind);
        Assert.Equal("s", refusal.Site);
    }

    [Theory]
    [InlineData("Svi.Step, model")]
    [InlineData("Svi.Evaluate")]
    [InlineData("Mcmc.Run")]
    [InlineData("Predictive.Draw")]
    public void A_tensor_of_the_open_step_is_refused_on_another_thread(string run)
    {
        ModelException refusal = Assert.Throws<ModelException>(() => ForeignStatement.Runs[run](() =>
        {
            Tensor y = Sample("y", new Normal(0, 1)) * 2;
            Task.Factory.StartNew(() => (y + 1).Exp(), TaskCreationOptions.LongRunning).Wait();
        }));
        Assert.Equal(ModelError.StatementOnOtherThread, refusal.Kind);
        Assert.Contains("belongs to an open step", refusal.Message);
    }

    [Fact]
    public void A_statement_that_comes_after_its_run_refuses_the_next_one()
    {
        using ManualResetEventSlim mayGo = new();
        Task? late = null;
        void Model(int _)
        {
            Sample("y", new Normal(Param("loc", 0.0), 1), observed: 1.0);
            late ??= Task.Run(() =>
            {
                mayGo.Wait();
                Sample("late", new Normal(0, 1), observed: 8.0);
            });
        }

        Svi<int> svi = new(Model, _ => { }, new Adam(), new TraceElbo());
        svi.Step(0);
        mayGo.Set();
        Assert.Throws<AggregateException>(() => late!.Wait());
        Assert.Equal("late", Assert.Throws<ModelException>(() => svi.Step(0)).Site);
        svi.Step(0);
    }

    [Fact]
    public void Work_on_plain_numbers_may_go_to_other_threads()
    {
        static void Model(int _)
        {
            double[] numbers = [1, 2, 3];
            double sum = Task.Run(() => numbers.Sum()).Result;
            Tensor doubled = Task.Run(() => Tensor.From(numbers) * 2).Result;
            Sample("y", new Normal(Param("loc", 0.0), 1), observed: sum);
            Sample("x", new Normal(0, doubled.Sum()), observed: 1.0);
        }

        Svi<int> svi = new(Model, _ => { }, new Adam(), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(0)));
        Assert.True(double.IsFinite(svi.Step(0)));
    }

    [Fact]
    public async Task Inference_on_its_own_in_tasks_goes_on_while_runs_are_open()
    {
        static void Model(int _) => Sample("y", new Normal(Sample("z", new Normal(0, 1)), 1), observed: 1.0);
        static void Guide(int _) => Sample("z", new Normal(Param("loc", 0.0), 1));
        static double[] Losses() => [.. new Svi<int>(Model, Guide, new Adam(0.01), new TraceElbo(), seed: 3).Run(0, 300).Losses];

        // This run stays open on a thread of its own, while others do inference and make bare statements that were started before it, and inside of
        // it.
        double[] alone = Losses();
        using ManualResetEventSlim isOpen = new(), mayEnd = new();
        Task before = Task.Run(() =>
        {
            isOpen.Wait();
            Sample("bare", new Normal(0, 1));
            using PlateScope plate = Plate("rows", 2);
            Assert.Equal([2], Sample("also bare", new Normal(0, 1)).Shape);
        });
        Task open = Task.Run(() => Trace.Of(() =>
        {
            isOpen.Set();
            Assert.Equal(alone, Task.Run(Losses).Result);
            mayEnd.Wait();
        }));
        isOpen.Wait();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Losses))), losses => Assert.Equal(alone, losses));
        Sample("bare here", new Normal(0, 1));
        await before;
        mayEnd.Set();
        await open;
        Sample("bare after", new Normal(0, 1));
    }

    [Fact]
    public void A_plate_that_is_open_outside_of_inference_holds_on_its_thread()
    {
        using PlateScope rows = Plate("rows", 3);
        AggregateException failure = Assert.Throws<AggregateException>(() => Task.Run(() => Sample("y", new Normal(0, 1))).Wait());
        Assert.Equal(ModelError.StatementOnOtherThread, Assert.IsType<ModelException>(failure.InnerException).Kind);
    }
}
