namespace Pyrite.Tests.Programs.Functions;

/// <summary>Ways in which people write loops over time, each found as the regions that it has, with the numbers of eager execution.</summary>
public sealed class LoopCorpusTests
{
    private const int Length = FoundLoopsTests.Length;

    private static readonly double[] Series = FoundLoopsTests.Series;

    private static readonly Tensor[] Rows = [.. Enumerable.Range(0, Length).Select(t => Tensor.From<double>([Series[t], Series[^(t + 1)]]))];

    /// <summary>Functions of an array of eight numbers and one of as many numbers as there are rounds, each with its scans.</summary>
    private static readonly Dictionary<string, (int Scans, Func<Tensor, Tensor, Tensor> Function)> Programs = new()
    {
        ["moving average of orders two and two, with an array of errors"] = (1, (a, _) =>
        {
            Tensor[] errors = new Tensor[Length];
            (errors[0], errors[1]) = (0.0, 0.0);
            for (int t = 2; t < Length; t++)
            {
                Tensor mean = a[0] + (a[1] * Series[t - 1]) + (a[2] * Series[t - 2])
                    + (0.3 * a[3].Tanh() * errors[t - 1]) + (0.3 * a[4].Tanh() * errors[t - 2]);
                errors[t] = Series[t] - mean;
            }
            return -Tensor.Stack(errors[2..]).Square().Sum() * a[5].Exp();
        }
        ),
        ["results of eight rounds ago"] = (1, (a, _) => Lagged(a, 8)),
        ["last round apart"] = (1, (a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = (state * a[1].Tanh()) + Series[t];
                sum += t == Length - 1 ? state.Abs().Sqrt() : (state - a[2]).Square();
            }
            return sum;
        }
        ),
        ["first rounds and last ones apart"] = (1, (a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = t < 2 ? state + a[4 + t].Exp() : (state * a[1].Tanh()) + Series[t];
                sum += t < Length - 3 ? (state - a[2]).Square() : state.Abs();
            }
            return sum;
        }
        ),
        ["states that are made of neighbours among the latent numbers"] = (1, (a, x) =>
        {
            Tensor level = a[0], slope = a[1], sum = 0.0;
            for (int t = 1; t < Length - 1; t++)
            {
                (level, slope) = (level + (0.1 * slope) + (0.1 * a[2].Exp() * x[t]), (0.9 * slope) + (0.1 * x[t - 1] * x[t + 1]));
                sum += (Series[t] - level).Square();
            }
            return sum;
        }
        ),
        ["a tensor of data for every round"] = (1, (a, _) =>
        {
            Tensor state = a[..2], sum = 0.0;
            foreach (Tensor row in Rows)
            {
                state = (0.8 * state) + (a[2..4] * row);
                sum += (state - row).Square().Sum();
            }
            return sum;
        }
        ),
        ["a filter of one state"] = (1, (a, _) =>
        {
            Tensor mean = a[0], variance = a[1].Exp(), sum = 0.0;
            foreach (double y in Series)
            {
                variance = (0.8 * variance) + a[2].Exp();
                Tensor total = variance + a[3].Exp(), error = y - mean, gain = variance / total;
                sum -= 0.5 * ((error.Square() / total) + total.Log());
                (mean, variance) = (0.9 * (mean + (gain * error)), (1 - gain) * variance);
            }
            return sum;
        }
        ),
        ["a filter of two states"] = (1, (a, _) =>
        {
            Tensor turn = Tensor.From(new[,] { { 1, 0.1 }, { 0, 0.9 } }), look = Tensor.From(new[,] { { 1.0 }, { 0.0 } });
            Tensor mean = a[..2].Reshape(2, 1), spread = Tensor.Identity(2, DType.Float64) * a[2].Exp(), sum = 0.0;
            foreach (double y in Series)
            {
                (mean, spread) = (turn.MatMul(mean), turn.MatMul(spread).MatMul(turn.Transpose()) + (Tensor.Identity(2, DType.Float64) * a[3].Exp()));
                Tensor seen = spread.MatMul(look), total = look.Transpose().MatMul(seen) + a[4].Exp(), error = y - look.Transpose().MatMul(mean);
                sum -= 0.5 * ((error.Square() / total) + total.Log()).Sum();
                (mean, spread) = (mean + (seen.MatMul(error) / total), spread - (seen.MatMul(seen.Transpose()) / total));
            }
            return sum;
        }
        ),
        ["a loop over lags within the loop over time"] = (1, (a, _) =>
        {
            List<Tensor> states = [a[0], a[1], a[2]];
            for (int t = 3; t < Length; t++)
            {
                Tensor next = Series[t];
                for (int lag = 1; lag <= 3; lag++)
                {
                    next = next + (0.3 * a[2 + lag].Tanh() * states[t - lag]);
                }
                states.Add(next.Sin());
            }
            return Tensor.Stack([.. states]).Square().Sum();
        }
        ),
        ["a loop over time for each of three groups"] = (3, (a, _) =>
        {
            Tensor sum = 0.0;
            for (int group = 0; group < 3; group++)
            {
                Tensor state = a[group];
                for (int t = 0; t < Length; t++)
                {
                    state = (state * a[3 + group].Tanh()) + Math.Sin(Series[t] + group);
                    sum += (state - a[6]).Square();
                }
            }
            return sum;
        }
        ),
        ["counts whose intensity recurs"] = (1, (a, _) =>
        {
            Tensor level = a[0];
            List<Tensor> levels = [];
            for (int t = 0; t < Length; t++)
            {
                level = (0.2 * a[1].Tanh()) + (0.7 * level) + (0.1 * a[2] * Math.Log(1 + (t % 4)));
                levels.Add(level);
            }
            Tensor log = Tensor.Stack([.. levels]);
            return ((log * Data) - log.Exp()).Sum();
        }
        ),
        ["hidden states whose transitions depend on the round"] = (1, (a, x) =>
        {
            Tensor forward = a[..2];
            for (int t = 0; t < Length; t++)
            {
                Tensor stay = -(-(a[2] + (a[3] * Series[t]))).Softplus(), leave = -(a[2] + (a[3] * Series[t])).Softplus();
                Tensor transition = Tensor.Stack([stay, leave, leave, stay]).Reshape(2, 2);
                forward = (forward.Unsqueeze(1) + transition).LogSumExp(0) - (a[4..6] - x[t]).Square();
            }
            return forward.LogSumExp(0);
        }
        ),
        ["places that are not in order"] = (1, (a, x) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < Length; t++)
            {
                state = (0.9 * state) + (a[1] * x[t * 7 % Length]) + (a[t * t % 8] * Series[t]);
                sum += state.Square();
            }
            return sum;
        }
        ),
    };

    private static Tensor Data => FoundLoopsTests.Data;

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Loops_are_found_and_have_the_numbers_of_eager_execution(string name)
    {
        (int scans, Func<Tensor, Tensor, Tensor> function) = Programs[name];
        FoundLoopsTests.AssertFound(name, scans, FoundLoopsTests.Compare(function));
    }

    /// <summary>Two rounds of C# are one of the loop, which reads its results of four and five rounds ago.</summary>
    [Fact]
    public void Results_of_nine_rounds_ago_are_in_a_loop_of_two() =>
        Assert.Contains("scan of 125 rounds", FoundLoopsTests.Compare((a, _) => Lagged(a, 9)).Describe("").ToString(), StringComparison.Ordinal);

    /// <summary>Of the last rounds of C# some are left over, as numbers one by one.</summary>
    [Fact]
    public void A_pattern_of_24_rounds_is_a_loop()
    {
        ReplayedFunction replayed = FoundLoopsTests.Compare((a, _) =>
        {
            Tensor state = a[0], sum = 0.0;
            for (int t = 0; t < 14 * 24; t++)
            {
                state = t % 24 == 23 ? state.Tanh() : (0.9 * state) + (a[1] * Series[t % Length]);
                sum += state.Square();
            }
            return sum;
        });
        Assert.Equal(2, replayed.Describe("").ToString().Split("scan of").Length - 1);
    }

    private static Tensor Lagged(Tensor a, int lag)
    {
        List<Tensor> states = [.. Enumerable.Range(0, lag).Select(i => a[i % 8] * (1 + (0.1 * i)))];
        for (int t = lag; t < Length; t++)
        {
            states.Add((0.4 * states[t - 1]) + (0.4 * a[0].Tanh() * states[t - lag]) + Series[t]);
        }
        return Tensor.Stack([.. states]).Square().Sum();
    }
}
