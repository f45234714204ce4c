using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Models as users write them, against densities whose discrete variables are summed by hand.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelsByHandTests
{
    [Fact]
    public void Items_that_several_raters_annotate()
    {
        Tensor ratings = Tensor.From([.. Enumerable.Range(0, 40).Select(i => (long)(((i * 7) + (i / 5)) % 3))]).Reshape(10, 4);
        Compare(() =>
        {
            (Tensor shares, Tensor errors) = Parameters();
            using (Plate("items", 10, dimension: -2))
            {
                Tensor truth = Sample("truth", new Categorical(probs: shares));
                using (Plate("raters", 4, dimension: -1))
                {
                    Sample("rating", new Categorical(probs: errors[Tensor.Range(4), truth]), observed: ratings);
                }
            }
        }, () =>
        {
            (Tensor shares, Tensor errors) = Parameters();
            for (int item = 0; item < 10; item++)
            {
                Tensor logs = shares.Log();
                for (int rater = 0; rater < 4; rater++)
                {
                    logs += errors[rater, .., (int)ratings[item, rater].Item()].Log();
                }
                Factor($"item{item}", logs.LogSumExpOverLast());
            }
        });

        static (Tensor Shares, Tensor Errors) Parameters() => (Sample("shares", new Dirichlet(Tensor.Ones([3], DType.Float64))),
            Sample("errors", new Dirichlet(Tensor.Ones([4, 3, 3], DType.Float64)).ToEvent(2)));
    }

    [Fact]
    public void Two_chains_behind_sequences_of_several_lengths()
    {
        int[] lengths = [5, 3, 7];
        Tensor data = (Tensor.Range(21).To(DType.Float64) * 1.1).Sin().Reshape(3, 7);
        Compare(() =>
        {
            (Tensor first, Tensor second, Tensor loc) = Parameters();
            using PlateScope plate = Plate("sequences", 3);
            Tensor u = Tensor.Zeros([], DType.Int64), v = u;
            for (int t = 0; t < 7; t++)
            {
                using HandlerScope there = new MaskHandler(Tensor.From([.. lengths.Select(length => t < length)])).Enter();
                u = Sample($"u_{t}", new Categorical(probs: first.Take(u)));
                v = Sample($"v_{t}", new Categorical(probs: second.Take(v)));
                Sample($"y_{t}", new Normal(loc[0].Take(u) + loc[1].Take(v), 1), observed: data[.., t]);
            }
        }, () =>
        {
            (Tensor first, Tensor second, Tensor loc) = Parameters();
            for (int row = 0; row < 3; row++)
            {
                Tensor states = (first[0].Unsqueeze(1) * second[0]).Log();
                for (int t = 0; t < lengths[row]; t++)
                {
                    if (t > 0)
                    {
                        Tensor pairs = states.Reshape(2, 2, 1, 1) + first.Log().Reshape(2, 1, 2, 1) + second.Log().Reshape(1, 2, 1, 2);
                        states = pairs.Reshape(4, 4).LogSumExp(0).Reshape(2, 2);
                    }
                    states += new Normal(loc[0].Unsqueeze(1) + loc[1], 1).LogProb(data[row, t]);
                }
                Factor($"row{row}", states.Reshape(4).LogSumExpOverLast());
            }
        });

        static (Tensor First, Tensor Second, Tensor Loc) Parameters() => (
            Sample("first", new Dirichlet(Tensor.Ones([2, 2], DType.Float64)).ToEvent(1)),
            Sample("second", new Dirichlet(Tensor.Ones([2, 2], DType.Float64)).ToEvent(1)),
            Sample("loc", new Normal(Tensor.Zeros([2, 2], DType.Float64), 1).ToEvent(2)));
    }

    [Fact]
    public void Animals_with_effects_of_their_own_that_may_have_died()
    {
        bool[,] seen = new bool[6, 5];
        for (int animal = 0; animal < 6; animal++)
        {
            for (int t = 0; t < 5; t++)
            {
                seen[animal, t] = t == 0 || ((animal * 5) + (t * 3)) % 4 == 0;
            }
        }
        Compare(() =>
        {
            (Tensor survival, Tensor effect) = Parameters();
            using PlateScope plate = Plate("animals", 6);
            Tensor alive = Tensor.Ones([6], DType.Float64);
            for (int t = 1; t < 5; t++)
            {
                alive = Sample($"alive_{t}", new Bernoulli(survival * alive));
                Tensor now = Tensor.From([.. Enumerable.Range(0, 6).Select(animal => seen[animal, t] ? 1.0 : 0.0)]);
                Sample($"seen_{t}", new Bernoulli(effect.Sigmoid() * alive), observed: now);
            }
        }, () =>
        {
            (Tensor survival, Tensor effect) = Parameters();
            for (int animal = 0; animal < 6; animal++)
            {
                Tensor chance = effect[animal].Sigmoid(), alive = Tensor.Ones([], DType.Float64), dead = Tensor.Zeros([], DType.Float64);
                for (int t = 1; t < 5; t++)
                {
                    dead = seen[animal, t] ? 0.0 * alive : dead + (alive * (1 - survival));
                    alive *= survival * (seen[animal, t] ? chance : 1 - chance);
                }
                Factor($"animal{animal}", (alive + dead).Log());
            }
        });

        static (Tensor Survival, Tensor Effect) Parameters()
        {
            Tensor survival = Sample("survival", new Beta(2, 2)), spread = Sample("spread", new HalfNormal(1));
            using PlateScope plate = Plate("animals", 6);
            return (survival, Sample("effect", new Normal(0, spread)));
        }
    }

    [Fact]
    public void Words_of_documents_that_have_topics()
    {
        Tensor words = Tensor.From([.. Enumerable.Range(0, 40).Select(i => (long)(((i * i) + (i / 10)) % 6))]).Reshape(4, 10);
        Compare(() =>
        {
            (Tensor shares, Tensor topics) = Parameters();
            using PlateScope documents = Plate("documents", 4, dimension: -2);
            using PlateScope places = Plate("places", 10, dimension: -1);
            Sample("word", new Categorical(probs: topics.Take(Sample("topic", new Categorical(probs: shares)))), observed: words);
        }, () =>
        {
            (Tensor shares, Tensor topics) = Parameters();
            Tensor counts = words.OneHot(6).To(DType.Float64).Sum(1);
            Factor("words", (shares.Reshape(4, 3).MatMul(topics).Log() * counts).Sum());
        });

        static (Tensor Shares, Tensor Topics) Parameters()
        {
            Tensor topics = Sample("topics", new Dirichlet(Tensor.Ones([3, 6], DType.Float64)).ToEvent(1));
            using PlateScope documents = Plate("documents", 4, dimension: -2);
            return (Sample("shares", new Dirichlet(Tensor.Ones([3], DType.Float64))), topics);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Classes_of_people_who_leave_items_out(bool isMask)
    {
        Tensor answers = Tensor.From([.. Enumerable.Range(0, 40).Select(i => (double)(((i * 3) + (i / 4)) % 2))]).Reshape(10, 4);
        bool[] there = [.. Enumerable.Range(0, 40).Select(i => i % 7 != 3)];
        Tensor flags = Tensor.From(there).Reshape(10, 4);
        Compare(() =>
        {
            (Tensor shares, Tensor chances) = Parameters();
            using PlateScope people = Plate("people", 10, dimension: -2);
            Tensor group = Sample("group", new Categorical(probs: shares));
            using PlateScope items = Plate("items", 4, dimension: -1);
            Bernoulli law = new(chances[group, Tensor.Range(4)]);
            if (isMask)
            {
                using HandlerScope some = new MaskHandler(flags).Enter();
                Sample("answer", law, observed: answers);
                return;
            }
            Sample("answer", law, observed: answers, observedMask: flags);
        }, () =>
        {
            (Tensor shares, Tensor chances) = Parameters();
            for (int person = 0; person < 10; person++)
            {
                Tensor logs = shares.Log();
                foreach (int item in Enumerable.Range(0, 4).Where(item => there[(4 * person) + item]))
                {
                    logs += new Bernoulli(chances[.., item]).LogProb(answers[person, item]);
                }
                Factor($"person{person}", logs.LogSumExpOverLast());
            }
        });

        static (Tensor Shares, Tensor Chances) Parameters() => (Sample("shares", new Dirichlet(Tensor.Ones([3], DType.Float64))),
            Sample("chances", new Beta(Tensor.Ones([3, 4], DType.Float64), 1).ToEvent(2)));
    }

    /// <summary>Two densities with equal parameters at some points.</summary>
    private static void Compare(Action model, Action byHand)
    {
        (Potential one, Potential other) = (Potential.Of(model), Potential.Of(byHand));
        double[] gradient = new double[one.Dimension], slopes = new double[other.Dimension];
        for (int i = 0; i < 3; i++)
        {
            double[] point = RandomKey.FromSeed((ulong)i).Normal([one.Dimension], DType.Float64).ToArray<double>();
            Close.Assert(one.LogDensity(point, gradient), other.LogDensity(point, slopes), 1e-12, 1e-10, "density");
            Close.Assert(gradient, slopes, 1e-10, 1e-10, "gradient");
        }
    }
}
