using Pyrite.Kernels.Threads;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Runs of a step that share the threads, against the same runs one after the other.</summary>
public sealed class ParticleThreadsTests
{
    private const int Rows = 3000;
    private const int Steps = 50;

    private static readonly Tensor X = RandomKey.FromSeed(1).Normal([Rows]).Keep();
    private static readonly Tensor Y = ((2 * X) + 1 + RandomKey.FromSeed(2).Normal([Rows])).Keep();

    [Theory]
    [InlineData("trace")]
    [InlineData("landing")]
    [InlineData("mean field")]
    [InlineData("renyi")]
    [InlineData("score")]
    [Trait("Once", "Cultures")]
    public void Losses_and_parameters_have_the_same_bits_at_any_number_of_threads(string objective)
    {
        double[] alone = OnThreads(1, objective);
        Assert.Equal(alone, OnThreads(2, objective));
        Assert.Equal(alone, OnThreads(3, objective));
    }

    [Fact]
    public void A_step_of_several_runs_is_the_mean_of_its_runs()
    {
        // With a learning rate of zero nothing changes, so the runs of a step can be looked at one by one.
        List<double> single = [];
        Svi<int> svi = new(Model, Guide(false), new Sgd(0), new CustomElbo((model, guide) =>
        {
            Tensor loss = guide.LogProb() - model.LogProb();
            single.Add(loss.Item());
            return loss;
        }, particles: 5), seed: 3);
        double[] read = [.. Enumerable.Range(0, 4).Select(_ => svi.Step(0))];
        Svi<int> together = new(Model, Guide(false), new Sgd(0), new TraceElbo(particles: 5), seed: 3);
        for (int step = 0; step < read.Length; step++)
        {
            Assert.Equal(read[step], together.Step(0), 1e-3);
            Assert.Equal(single.Skip(5 * step).Take(5).Average(), read[step], 1e-2);
        }
    }

    /// <summary>A thread of its own has plans of its own, made for its number of threads.</summary>
    private static double[] OnThreads(int threads, string objective)
    {
        double[] result = [];
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                using WorkerPool.ThreadLimit limit = WorkerPool.LimitThreads(threads);
                result = Fit(objective);
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result;
    }

    private static double[] Fit(string objective)
    {
        Elbo elbo = objective switch
        {
            "landing" => new TraceElbo(particles: 5, stickingTheLanding: true),
            "mean field" => new MeanFieldElbo(particles: 4),
            "renyi" => new RenyiElbo(0.5, particles: 5),
            _ => new TraceElbo(particles: 5),
        };
        Svi<int> svi = new(Model, Guide(objective == "score"), new Adam(0.01), elbo, seed: 3);
        double[] losses = [.. Enumerable.Range(0, Steps).Select(_ => svi.Step(0))];
        return [.. losses, .. svi.Parameters.Names.SelectMany(name => svi.Parameters[name].ToArray<double>())];
    }

    private static void Model(int data)
    {
        Tensor slope = Sample("slope", new Normal(0, 10)), bias = Sample("bias", new Normal(0, 10)), scale = Sample("scale", new LogNormal(0, 1));
        using (Plate("rows", Rows))
        {
            Sample("y", new StudentT(5.0, bias + (slope * X).Tanh(), scale), observed: Y);
        }
    }

    private static Action<int> Guide(bool isScore) => _ =>
    {
        Distribution q = new Normal(Param("slope_loc", 0.5), Param("slope_scale", 0.1, Constraints.Positive));
        Sample("slope", isScore ? new WithoutPathwise(q) : q);
        Sample("bias", new Normal(Param("bias_loc", 0.0), Param("bias_scale", 0.1, Constraints.Positive)));
        Sample("scale", new LogNormal(Param("scale_loc", 0.0), Param("scale_scale", 0.1, Constraints.Positive)));
    };
}
