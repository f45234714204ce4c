using MiniPyrite;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The miniature of the samples, compiled into these tests, beside the library.</summary>
public sealed class MiniPyriteTests
{
    private static readonly Tensor Data = Tensor.From(new[] { -0.5f, 2f });

    [Fact]
    public void The_first_loss_of_the_miniature_is_that_of_Pyrite_to_the_last_bit()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Svi<Tensor> svi = new(Model, Guide, new Adam(0.02), new TraceElbo(), seed);
            Assert.Equal(svi.Step(Data), new MiniSvi<Tensor>(Example.Model, Example.Guide, 0.02, seed).Step(Data));
        }
    }

    [Fact]
    public void Its_training_follows_Pyrites()
    {
        Svi<Tensor> svi = new(Model, Guide, new Adam(0.02), new TraceElbo(), seed: 3);
        MiniSvi<Tensor> mini = new(Example.Model, Example.Guide, 0.02, seed: 3);
        for (int step = 0; step < 200; step++)
        {
            Assert.Equal(svi.Step(Data), mini.Step(Data), 1e-4);
        }
        Assert.Equal(svi.Parameters["loc"].Item(), mini.Store.Value("loc").Item(), 1e-4);
        Assert.Equal(svi.Parameters["scale"].Item(), mini.Store.Value("scale").Item(), 1e-4);
    }

    [Fact]
    public void Its_subsampled_plates_scale_up_as_Pyrites_do()
    {
        OrderedDictionary<string, Message> small = TraceEffect.Of(() =>
        {
            using (MiniPyrite.Language.Plate("rows", 10, 2))
            using (MiniPyrite.Language.Plate("columns", 3))
            {
                MiniPyrite.Language.Sample("x", new Normal(0, 1), observed: Tensor.Zeros(3, 2));
            }
        });
        Trace whole = Trace.Of(() =>
        {
            using (Plate("rows", 10, 2))
            using (Plate("columns", 3))
            {
                Sample("x", new Normal(0, 1), observed: Tensor.Zeros(3, 2));
            }
        });
        Assert.Equal(whole.LogProb().Item(), small["x"].LogProb().Sum().Item());
        Assert.Equal([3, 2], small["x"].Distribution!.BatchShape);
    }

    [Fact]
    public void Its_block_hides_statements() => Assert.Empty(TraceEffect.Of(() =>
    {
        using (new BlockEffect(_ => true))
        {
            MiniPyrite.Language.Sample("x", new Normal(0, 1));
        }
    }));

    [Fact]
    public void It_has_at_most_300_lines()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pyrite.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        Assert.InRange(File.ReadAllLines(Path.Combine(folder, "samples", "99-mini-pyrite.cs")).Length, 100, 300);
    }

    private static void Model(Tensor x)
    {
        Tensor z = Sample("z", new Normal(0, 1));
        using (Plate("data", x.Shape[0]))
        {
            Sample("x", new Normal(z, 1), observed: x);
        }
    }

    private static void Guide(Tensor x) => Sample("z", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));
}
