namespace Pyrite.Tests;

/// <summary>Counts live memory, so nothing else may run at the same time.</summary>
[Collection(nameof(Alone))]
public sealed class SteadyMemoryTests
{
    [Fact]
    public void A_thousand_steps_take_no_new_memory()
    {
        BatchGroupTests.Network network = new(DType.Float32);
        Tensor images = RandomKey.FromSeed(1).Uniform([16, 1, 16, 16], DType.Float32);
        long Live()
        {
            for (int step = 0; step < 500; step++)
            {
                using StepScope scope = StepScope.Begin();
                network.Run(images);
            }
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        Live();
        long before = Live();
        Assert.InRange(Live() - before, long.MinValue, 64 * 1024);
    }
}
