using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Handlers that keep something for the length of a run: runs on two threads that meet in the middle of the model do not see each other's,
/// as chains that share a wrapped model.</summary>
public sealed class SharedHandlerTests
{
    [Fact]
    public async Task A_seed_counts_how_often_a_name_was_drawn_for_each_run()
    {
        SeedHandler seed = new(3);
        await MeetInTheMiddle((_, meet) =>
        {
            double first = 0, second = 0;
            seed.Run(() =>
            {
                first = Draw();
                meet();
                second = Draw();
            });
            Assert.NotEqual(first, second);
            return first + (10 * second);
        });

        static double Draw() => Trace.Of(() => Sample("x", new Normal(0, 1)))["x"].Value.Item();
    }

    [Fact]
    public async Task The_coordinates_of_a_guide_are_those_of_the_run()
    {
        ThreadLocal<Action> meeting = new();
        AutoDiagonalNormal<int> guide = new(Model);
        Trace.Of(() => ((Action<int>)guide)(0), new SeedHandler(1));
        Action<int> bent = new NeuTraHandler<int>(guide, null).Wrap<int>(Model);
        await MeetInTheMiddle((number, meet) =>
        {
            meeting.Value = meet;
            Trace trace = Trace.Of(() => bent(0), new SeedHandler((ulong)number));
            return trace["x"].Value.Item() + (10 * trace["y"].Value.Item());
        });

        void Model(int _)
        {
            Sample("x", new Normal(0, 1));
            meeting.Value?.Invoke();
            Sample("y", new Normal(0, 1));
        }
    }

    /// <summary>Runs two numbered runs alone and side by side.</summary>
    private static async Task MeetInTheMiddle(Func<int, Action, double> run)
    {
        double[] alone = [run(0, () => { }), run(1, () => { })];
        using Barrier barrier = new(2);
        double[] together = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Factory.StartNew(
            () => run(number, () => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(20)))), TaskCreationOptions.LongRunning)));
        Assert.Equal(alone, together);
    }
}
