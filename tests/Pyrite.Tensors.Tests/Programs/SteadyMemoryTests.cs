namespace Pyrite.Tests;

/// <summary>Counts live memory, so nothing else may run at the same time.</summary>
[Collection(nameof(Alone))]
[Trait("Once", "Widths")]
public sealed class SteadyMemoryTests
{
    [Fact]
    public void A_thousand_steps_take_no_new_memory()
    {
        BatchGroupTests.Network network = new(DType.Float32);
        Tensor images = RandomKey.FromSeed(1).Uniform([16, 1, 16, 16], DType.Float32);
        long Live()
        {
            for (int step = 0; step < 250; step++)
            {
                using StepScope scope = StepScope.Begin();
                network.Run(images);
            }
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        // What leaks grows in every round; what the runtime does beside the test comes and goes.
        long previous = Live();
        long leastGrowth = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long now = Live();
            leastGrowth = Math.Min(leastGrowth, now - previous);
            previous = now;
        }
        Assert.InRange(leastGrowth, long.MinValue, 64 * 1024);
    }
}
