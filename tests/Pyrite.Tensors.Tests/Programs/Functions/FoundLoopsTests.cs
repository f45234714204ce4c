using System.Globalization;
using System.Text.RegularExpressions;

namespace Pyrite.Tests.Programs.Functions;

/// <summary>Plain loops over time in recorded functions are found and become scans, with the numbers of eager execution.</summary>
public sealed partial class FoundLoopsTests
{
    internal const int Length = 260;

    internal static readonly double[] Series = Numbers(Length, 7);

    internal static readonly Tensor Data = Tensor.From(Series);

    /// <summary>Functions of an array of eight numbers and one of as many numbers as there are rounds, each with one loop or more; rounds that do not
    /// wait for each other are no scan, but whole arrays.</summary>
    private static readonly Dictionary<string, (int Scans, Func<Tensor, Tensor, Tensor> Function)> Programs = new()
    {
        ["autoregression of order three"] = (0, (a, _) =>
        {
            Tensor sum = 0.0;
            for (int t = 3; t < Length; t++)
            {
                sum += (Series[t] - (a[0] * Series[t - 1]) - (a[1] * Series[t - 2]) - (a[2] * Series[t - 3])).Square();
            }
            return -sum;
        }
        ),
        ["moving average of a list"] = (1, (a, _) =>
        {
            Tensor mean = a[0] + (a[1] * a[0]);
            List<Tensor> means = [];
            foreach (double y in Series)
            {
                means.Add(mean);
                mean = a[0] + (a[1] * y) + (a[2] * (y - mean));
            }
            return -(Tensor.Stack([.. means]) - Data).Square().Sum() * a[3].Exp();
        }
        ),
        ["errors of two rounds ago"] = (1, (a, _) =>
        {
            Tensor last = 0.0, earlier = 0.0, sum = 0.0;
            foreach (double y in Series)
            {
                Tensor error = y - a[0] - (a[1].Tanh() * last) - (0.3 * a[2].Tanh() * earlier);
                (last, earlier) = (error, last);
                sum += error.Square();
            }
            return sum * a[3];
        }
        ),
        ["volatility"] = (1, (a, _) =>
        {
            Tensor least = a[0].Exp(), alpha = a[1].Sigmoid(), variance = 1.0;
            List<Tensor> scales = [];
            double last = 0;
            foreach (double y in Series)
            {
                variance = least + (alpha * last * last) + ((1 - alpha) * 0.9 * variance);
                scales.Add(variance.Sqrt());
                last = y;
            }
            Tensor scale = Tensor.Stack([.. scales]);
            return (-(0.5 * (Data / scale).Square()) - scale.Log()).Sum();
        }
        ),
        ["hidden states by slices"] = (1, (a, _) =>
        {
            Tensor scores = -(Data.Reshape(-1, 1) - a[..2]).Square(), transition = a[2..6].Reshape(2, 2), forward = scores[0];
            for (int t = 1; t < Length; t++)
            {
                forward = (forward.Reshape(-1, 1) + transition).LogSumExp(0) + scores[t];
            }
            return forward.LogSumExp(0);
        }
        ),
        ["hidden states by numbers"] = (1, (a, _) =>
        {
            Tensor low = -(Series[0] - a[0]).Square(), high = -(Series[0] - a[1]).Square();
            for (int t = 1; t < Length; t++)
            {
                Tensor nextLow = Tensor.Stack([low + a[2], high + a[3]]).LogSumExp(0) - (Series[t] - a[0]).Square();
                high = Tensor.Stack([low + a[4], high + a[5]]).LogSumExp(0) - (Series[t] - a[1]).Square();
                low = nextLow;
            }
            return Tensor.Stack([low, high]).LogSumExp(0);
        }
        ),
        ["steps of Euler"] = (1, (a, _) =>
        {
            Tensor prey = a[0].Exp(), hunters = a[1].Exp(), sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                Tensor met = prey * hunters;
                (prey, hunters) = (prey + (0.01 * ((a[2].Exp() * prey) - met)), hunters + (0.01 * (met - (a[3].Exp() * hunters))));
                sum += (prey.Log() - Series[t]).Square();
            }
            return sum;
        }
        ),
        ["forwards and backwards"] = (2, (a, _) =>
        {
            Tensor state = a[0];
            List<Tensor> states = [];
            for (int t = 0; t < Length; t++)
            {
                state = (0.9 * state) + (a[1] * Series[t]) - (a[2] * Series[t].CompareTo(0) * state.Square() * 0.01);
                states.Add(state.Tanh());
            }
            Tensor back = a[3];
            for (int t = Length - 1; t >= 0; t--)
            {
                back = (0.8 * back) + (states[t] * a[4]) + (0.1 * (back * states[t]).Sin());
            }
            return back;
        }
        ),
        ["vectors and a matrix"] = (1, (a, _) =>
        {
            Tensor matrix = 0.5 * a[..4].Reshape(2, 2).Tanh(), state = a[4..6];
            Tensor sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = matrix.MatMul(state.Reshape(2, 1)).Reshape(2) + (Series[t] * a[6..8]);
                sum += state.Square().Sum();
            }
            return sum;
        }
        ),
        ["rows of a plate"] = (1, (a, _) =>
        {
            Tensor level = a * 0.1, sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                level = (0.7 * level) + (a.Sigmoid() * Series[t]);
                sum += level.Square().Mean();
            }
            return sum;
        }
        ),
        ["numbers that depend on the round"] = (1, (a, _) =>
        {
            Tensor sum = 0.0, weight = 1.0;
            for (int t = 0; t < Length; t++)
            {
                weight = weight * (1 - (0.01 * a[0].Sigmoid()));
                sum += weight * ((a[1] * Math.Sin(0.1 * t)) + (a[2] * t / Length) - Series[t]).Square();
            }
            return sum;
        }
        ),
        ["seasons"] = (1, (a, _) =>
        {
            Tensor level = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                sum += (Series[t] - level - a[1 + (t % 5)]).Square();
                level = level + (a[7].Tanh() * (Series[t] - level));
            }
            return sum;
        }
        ),
        ["latent states"] = (0, (a, x) =>
        {
            Tensor sum = -x[0].Square();
            for (int t = 1; t < Length; t++)
            {
                sum -= ((x[t] - (a[0] * x[t - 1])) / a[1].Exp()).Square() + (Series[t] - x[t]).Square() + a[1];
            }
            return sum;
        }
        ),
        ["part that no gradient flows through"] = (1, (a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = (0.9 * state) + (a[1] * (Series[t] - state.Detach()));
                sum += (state - Series[t]).Square();
            }
            return sum;
        }
        ),
        ["first round apart"] = (1, (a, _) =>
        {
            Tensor state = 0.0, sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = t == 0 ? a[0] * a[1].Exp() : (a[2].Tanh() * state) + (a[3] * Series[t]);
                sum += (state - Series[t]).Square();
            }
            return sum;
        }
        ),
        ["odd and even rounds"] = (1, (a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = t % 2 == 0 ? (0.9 * state) + (a[1] * Series[t]) : (state * a[2].Tanh()).Sin() - Series[t];
                sum += state.Square();
            }
            return sum;
        }
        ),
        ["choices"] = (1, (a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            foreach (double y in Series)
            {
                state = Tensor.Where(state > y, (0.5 * state) + a[1], (0.5 * state) - (a[2] * y));
                sum += state.Clamp(-1, 1).Square();
            }
            return sum;
        }
        ),
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Loops_are_found_and_have_the_numbers_of_eager_execution(string name)
    {
        (int scans, Func<Tensor, Tensor, Tensor> function) = Programs[name];
        AssertFound(name, scans, Compare(function));
    }

    /// <summary>Loops that have no rule stay what they are.</summary>
    [Fact]
    public void A_loop_whose_rounds_differ_stays_as_it_is()
    {
        ReplayedFunction replayed = Compare((a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            foreach (double y in Series)
            {
                state = y > 0 ? (0.9 * state) + (a[1] * y) : (state * a[2].Tanh()).Sin() - y;
                sum += state.Square();
            }
            return sum;
        });
        Assert.DoesNotContain("scan of", replayed.Describe("").ToString(), StringComparison.Ordinal);
    }

    /// <summary>A condition that is checked in every round fails the whole, in whichever round it does not hold: of scans and of whole
    /// arrays.</summary>
    [Theory, InlineData(0.1, true), InlineData(0.0, false)]
    public void A_check_in_a_round_is_kept(double feedback, bool isScan)
    {
        ReplayedFunction replayed = Compare((a, x) =>
        {
            Tensor sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                Tensor scale = x[t] + 5;
                StepCheck.Add(scale.AllWithin(new NumberRange(0, double.PositiveInfinity)), new Refusal(), "scale", scale);
                sum -= (a[0] / scale).Square() + scale.Log();
                sum = isScan ? sum - (feedback * sum.Sin()) : sum;
            }
            return sum;
        });
        Assert.Equal(isScan, replayed.Describe("").ToString().Contains("scan of", StringComparison.Ordinal));
        double[] point = Numbers(8 + Length, 1), gradient = new double[8 + Length];
        Assert.True(double.IsFinite(replayed.Evaluate(point, gradient)));
        foreach (int round in new[] { 0, 1, 100, Length - 1 })
        {
            double[] outside = [.. point];
            outside[8 + round] = -6;
            Assert.Equal(double.NegativeInfinity, replayed.Evaluate(outside, gradient));
        }
        Assert.True(double.IsFinite(replayed.Evaluate(point, gradient)));
    }

    /// <summary>Random loops: up to three results that later rounds read, up to four rounds ago, numbers and slices that differ by round, a first
    /// stretch that is special, and a list that is joined.</summary>
    [Fact]
    public void Random_loops_have_the_numbers_of_eager_execution()
    {
        int found = 0;
        const int Tries = 24;
        for (int i = 0; i < Tries; i++)
        {
            int[] draws = new int[64];
            long[] numbers = new long[draws.Length];
            RandomKey.FromSeed(5).Child(i).FillIntegers(numbers, 1000);
            draws = [.. numbers.Select(number => (int)number)];
            ReplayedFunction replayed = Compare((a, x) => RandomLoop(a, x, draws));
            found += replayed.Describe("").ToString().Contains("scan of", StringComparison.Ordinal) ? 1 : 0;
        }
        Assert.True(found > Tries / 2, $"{found} of {Tries} were found");
    }

    private static Tensor RandomLoop(Tensor a, Tensor x, int[] draws)
    {
        int states = 1 + (draws[0] % 3), special = draws[1] % 3, special2 = draws[2] % 2;
        List<Tensor>[] values = [.. Enumerable.Range(0, states).Select(i => new List<Tensor> { a[i], a[i] * 0.5, a[i + 1] })];
        List<Tensor> list = [];
        for (int t = 3; t < Length; t++)
        {
            int next = 3;
            for (int state = 0; state < states; state++)
            {
                int lag = 1 + (draws[next++] % 3), other = draws[next++] % states;
                Tensor before = values[other][^Math.Min(lag, values[other].Count)], mine = values[state][^1];
                Tensor term = (draws[next++] % 6) switch
                {
                    0 => before * a[3],
                    1 => before.Tanh() + (Series[t] * a[4]),
                    2 => x[t] - (0.1 * before),
                    3 => (before * Series[t - 1]).Sin(),
                    4 => Tensor.Where(before > 0, before * 0.5, a[5] * t / Length),
                    _ => (before + a[6 + (t % 2)]).Tanh(),
                };
                values[state].Add(t < 3 + special ? term : (0.3 * term) + (0.5 * mine * (special2 == 0 ? a[7].Tanh() : 0.7)));
            }
            list.Add(values[0][^1] - Data[t]);
        }
        return Tensor.Stack([.. list]).Square().Sum() + values[^1][^1] + values[0][Length / 2];
    }

    /// <summary>A plan has so many scans, each with its gradient, and nothing that grows with the rounds but what stands in arrays.</summary>
    internal static void AssertFound(string name, int scans, ReplayedFunction replayed)
    {
        string plan = replayed.Describe(name).ToString();
        Assert.True(plan.Split("scan of").Length - 1 == 2 * scans, plan);
        IEnumerable<int> numbers = NumbersPattern().Matches(plan).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.True(numbers.All(count => count < Length / 2), plan);
    }

    /// <summary>Records a function, and holds it against eager execution at three points: values to 1e-10, gradients to 1e-9.</summary>
    internal static ReplayedFunction Compare(Func<Tensor, Tensor, Tensor> function)
    {
        Shape[] shapes = [[8], [Length]];
        double[] first = Numbers(8 + Length, 1);
        using Precision.Scope precision = Precision.Use(DType.Float64);
        ReplayedFunction replayed = ReplayedFunction.TryRecord(x => [function(x[0], x[1])], shapes, first, withGradient: true)!;
        for (ulong seed = 1; seed < 4; seed++)
        {
            double[] point = Numbers(first.Length, seed), gradient = new double[point.Length];
            double value = replayed.Evaluate(point, gradient);
            Tensor[] variables = ReplayedFunction.Split(point, shapes);
            Tensor eager = function(variables[0], variables[1]);
            double[] expected = [.. Gradient.OrNull(eager, variables).SelectMany((g, i) => g?.ToArray<double>() ?? new double[shapes[i].Count])];
            Assert.Equal(eager.Item(), value, 1e-10 * (1 + Math.Abs(value)));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], gradient[i], 1e-9 * (1 + expected.Max(Math.Abs)));
            }
        }
        return replayed;
    }

    private static double[] Numbers(int count, ulong seed)
    {
        double[] numbers = new double[count];
        RandomKey.FromSeed(seed).FillNormal(numbers);
        return [.. numbers.Select(number => 0.5 * number)];
    }

    [GeneratedRegex(@"(\d+) on numbers")]
    private static partial Regex NumbersPattern();

    private sealed class Refusal : ICheckSubject
    {
        public Exception Refuse(string? part, Tensor value) => new ArgumentException($"{part} is {value}");
    }
}
