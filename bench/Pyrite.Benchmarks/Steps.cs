namespace Pyrite.Benchmarks;

/// <summary>Work as a step of its own, forced to its end, with memory from the pool: no page is touched for the first time on the clock.</summary>
internal static class Steps
{
    public static Action Of(Func<Tensor> work) => () =>
    {
        using StepScope scope = StepScope.Begin();
        work().Materialize();
    };

    /// <summary>Several times in a row.</summary>
    public static void Repeat(int times, Action work)
    {
        for (int i = 0; i < times; i++)
        {
            work();
        }
    }
}
