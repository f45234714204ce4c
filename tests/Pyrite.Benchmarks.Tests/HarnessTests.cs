namespace Pyrite;

/// <summary>What the harness reads of the machine.</summary>
public sealed class HarnessTests
{
    [Fact]
    public void A_thread_that_sleeps_computes_nothing_and_one_that_works_does()
    {
        using SliceClock clock = new SliceClock.OfOneThread();
        clock.Start();
        Thread.Sleep(50);
        double asleep = clock.Stop();
        Assert.True(!OperatingSystem.IsLinux() || clock.Busy() < 0.5);
        clock.Start();
        using PeakSlice slice = new(DType.Float32, threads: 1);
        for (int i = 0; i < 20; i++)
        {
            slice.Run();
        }
        double awake = clock.Stop();

        Assert.True(awake > 1e-3, $"{awake} s of work");
        Assert.True(!OperatingSystem.IsLinux() || asleep < 0.02, $"{asleep} s of CPU time in a sleep of 0.05 s");
    }

    [Theory]
    [InlineData("AuthenticAMD", 26, 2, "Zen 5")]
    [InlineData("AuthenticAMD", 25, 1, "Zen 3")]
    [InlineData("AuthenticAMD", 25, 17, "Zen 4")]
    [InlineData("AuthenticAMD", 23, 49, "Zen 2")]
    [InlineData("GenuineIntel", 6, 143, null)]
    public void Processors_are_named_by_family_and_model(string vendor, int family, int model, string? expected) =>
        Assert.Equal(expected, Processor.NameOf(vendor, family, model));

    [Fact]
    public void Measuring_a_loop_of_multiply_adds_gives_the_whole_peak()
    {
        using PeakSlice slice = new(DType.Float32, threads: 1);
        Measured measured = new Timing(limitSeconds: 1).OneThread(slice.Run);

        // The work is what it is held against; a machine in use shakes single pairs and hardly their median.
        Assert.InRange(measured.Share(slice.Operations).Median, 0.8, 1.25);
    }

    [Fact]
    public void Options_that_no_one_asks_for_are_refused()
    {
        BenchmarkOptions options = new(["--shor"]);

        Assert.False(options.Short);
        Assert.Contains("--shor", Assert.Throws<ArgumentException>(() => options.RequireAllKnown("The benchmark svi", "usage")).Message);
    }
}
