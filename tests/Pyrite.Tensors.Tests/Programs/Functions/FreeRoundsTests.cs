using System.Globalization;
using System.Text.RegularExpressions;

namespace Pyrite.Tests.Programs.Functions;

/// <summary>What no round of a plain loop waits for runs over all rounds at once.</summary>
public sealed class FreeRoundsTests
{
    private const int Length = FoundLoopsTests.Length;

    /// <summary>Rounds that need nothing of each other but a sum are operations on whole arrays: with a list, numbers of the round, vectors, several
    /// sums, what was computed a round ago, and a part that no gradient flows through.</summary>
    [Fact]
    public void Rounds_that_do_not_wait_for_each_other_are_whole_arrays()
    {
        ReplayedFunction replayed = FoundLoopsTests.Compare((a, x) =>
        {
            Tensor sum = a[7], other = 0.0, vector = a[..2], before = a[6];
            List<Tensor> list = [];
            for (int t = 3; t < Length; t++)
            {
                double y = FoundLoopsTests.Series[t % Length];
                Tensor now = y - (a[0] * FoundLoopsTests.Series[(t - 1) % Length]) - (a[1] * x[t - 2]);
                sum += (now * before.Tanh()).Square() * a[3].Exp();
                vector = vector - ((a[2..4] * now).Exp() * 0.01) + (x[t] * a[4].Detach());
                other -= (a[..3].Reshape(3, 1).MatMul(a[3..5].Reshape(1, 2)) * now).Square().Sum(0).Max();
                list.Add(Tensor.Where(now > 0, now, now * 0.5) * t / 10.0);
                before = now + a[5];
            }
            return vector.Sum() - sum + other + Tensor.Stack([.. list]).Square().Mean() + before;
        });
        string plan = replayed.Describe("").ToString();
        Assert.DoesNotContain("scan of", plan, StringComparison.Ordinal);
        Assert.All(Regex.Matches(plan, @"(\d+) on numbers"), match =>
            Assert.InRange(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), 0, Length / 2));
    }

    /// <summary>Places that a tensor names, other ones in every round, are taken for all rounds at once: from what is the same in all rounds, from a
    /// row of the round, from what the round has made, and from the end.</summary>
    [Fact]
    public void Places_that_tensors_name_are_whole_arrays()
    {
        Tensor places = Tensor.From([.. Enumerable.Range(0, 3 * Length).Select(i => (long)((i * i % 7) - (i % 2)))]).Reshape(Length, 3);
        Tensor sides = Tensor.From([.. Enumerable.Range(0, 3 * Length).Select(i => (long)(i * i % 3 == 1 ? -1 : i % 2))]).Reshape(Length, 3);
        ReplayedFunction replayed = FoundLoopsTests.Compare((a, x) =>
        {
            Tensor table = x[..256].Reshape(8, 8, 4), sum = 0.0;
            for (int t = 0; t < 240; t++)
            {
                Tensor made = (a * x[t]).Tanh();
                sum += (a.Take(places[t]) * made.Take(places[t + 1])).Sum() + table[t % 8].Take(places[t][..2]).Square().Sum()
                    - ((made.Reshape(4, 2) * a[0]).Take(sides[t], axis: 1) * a[2..5]).Exp().Sum();
            }
            return sum;
        });
        Assert.DoesNotContain("scan of", replayed.Describe("").ToString(), StringComparison.Ordinal);
    }

    /// <summary>A running sum that somebody reads on the way makes the rounds wait.</summary>
    [Fact]
    public void A_sum_that_is_read_on_the_way_is_a_scan()
    {
        ReplayedFunction replayed = FoundLoopsTests.Compare((a, x) =>
        {
            Tensor sum = 0.0, all = 0.0;
            for (int t = 0; t < 1200; t++)
            {
                sum += x[t % Length] * a[0] * FoundLoopsTests.Series[t % Length] * a[1].Tanh();
                all += (sum * a[2].Exp()).Square() * 0.01 * a[4].Sin();
            }
            return all;
        });
        Assert.Equal(2, replayed.Describe("").ToString().Split("scan of").Length - 1);
    }
}
