using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Sharded inferences that are stopped and go on with another number of processes.</summary>
public sealed class ShardedResumeTests : IDisposable
{
    private const int Rows = 90, BatchSize = 32;

    private static readonly Tensor Data = RandomKey.FromSeed(5).Normal([Rows, 3]).Keep();

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-resume").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(4, 2, 4)]
    [InlineData(1, 4, 7)]
    [InlineData(2, 1, 6)]
    public void Another_number_of_ranks_goes_on_to_the_bits_of_an_undisturbed_run(int before, int after, int stop)
    {
        const int Steps = 14;
        float[] undisturbed = Train(ProcessGroup.Alone, "undisturbed", Steps);
        InProcessGroup.Run(before, group => Train(group, "state", stop));
        Assert.All(InProcessGroup.Run(after, group => Train(group, "state", Steps)), weights => Assert.Equal(undisturbed, weights));
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        Train(ProcessGroup.Alone, "state", 2);
        string path = Path.Combine(folder, "state");
        Assert.Equal(4, SviState.Load(path).Shards);
        Assert.Equal(new LoaderPosition(0, 2), SviState.Load(path).Position);
        Svi<Tensor> other = Inference(Shards.Of(2));
        Assert.True(other.Resume(path));
        Assert.Equal(2, other.StepCount);
        Assert.Contains("were cut into 4 shards; this inference cuts them into 2",
            Assert.Throws<InvalidDataException>(() => other.Step(other.Sharding!.Cut(Data))).Message, StringComparison.Ordinal);
        Svi<Tensor> apart = Inference(Shards.Of(4));
        apart.Step(apart.Sharding!.Cut(Data));
        apart.Save(Path.Combine(folder, "apart"));
        Assert.Contains("where the loader stood",
            Assert.Throws<InvalidDataException>(() => Inference(Shards.Of(4)).Resume(Path.Combine(folder, "apart"), Loader())).Message,
            StringComparison.Ordinal);
        Assert.False(Inference(Shards.Of(4)).Resume(Path.Combine(folder, "nothing")));
    }

    [Fact]
    public void A_resumed_inference_that_has_not_stepped_predicts_and_saves_what_was_learnt()
    {
        float[] weights = Train(ProcessGroup.Alone, "state", 5);
        Svi<Tensor> svi = Inference(Shards.Of(4));
        svi.Resume(Path.Combine(folder, "state"), Loader());
        svi.Save(Path.Combine(folder, "again"));
        Assert.Equal(weights, SviState.Load(Path.Combine(folder, "again")).Parameters["encoder.weight"].ToArray<float>());
        svi.Predict(Data, 2);
        Assert.Equal(weights, svi.Parameters["encoder.weight"].ToArray<float>());
    }

    private static DataLoader Loader() => new(new TensorDataset(Data), BatchSize, shuffle: true, seed: 7);

    private static Svi<Tensor> Inference(Sharding sharding)
    {
        Linear encoder = new(3, 2), decoder = new(2, 3);
        return new Svi<Tensor>(rows =>
        {
            Register("decoder", decoder);
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Tensor z = Sample("z", new Normal(Tensor.Zeros([rows.Shape[0], 2]), 1).ToEvent(1));
            Sample("x", new Normal(decoder.Forward(z), 1).ToEvent(1), observed: rows);
        }, rows =>
        {
            Register("encoder", encoder);
            using PlateScope plate = Plate("rows", rows.Shape[0]);
            Sample("z", new Normal(encoder.Forward(rows), 0.5).ToEvent(1));
        }, new Adam(0.01), new TraceElbo(), seed: 3)
        {
            Sharding = sharding,
        };
    }

    private float[] Train(ProcessGroup group, string name, int steps)
    {
        Sharding sharding = Shards.Of(4, group);
        Svi<Tensor> svi = Inference(sharding);
        DataLoader loader = Loader();
        svi.Resume(Path.Combine(folder, name), loader);
        while (svi.StepCount < steps)
        {
            foreach (Sharded<Batch> batch in loader.For(sharding))
            {
                svi.Step(batch.Select(shard => shard[0]));
                if (svi.StepCount == steps)
                {
                    break;
                }
            }
        }
        svi.Save(Path.Combine(folder, name), loader);
        return svi.Parameters["encoder.weight"].ToArray<float>();
    }
}
