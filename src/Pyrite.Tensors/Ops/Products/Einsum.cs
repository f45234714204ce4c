using System.Text;

namespace Pyrite.Ops.Products;

/// <summary>Sums of products by Einstein's convention.</summary>
internal static class Einsum
{
    private const string Dots = "...";
    private const char FirstBatchLabel = '\u0100';

    /// <summary>The value of <see cref="Tensor.EinsteinSum(string, ReadOnlySpan{Tensor})"/>.</summary>
    public static Tensor Of(string equation, ReadOnlySpan<Tensor> operands)
    {
        (string[] labels, string result) = Parse(equation, operands);
        List<(Tensor Value, string Labels)> terms = [];
        for (int i = 0; i < operands.Length; i++)
        {
            terms.Add(WithoutRepeats(operands[i], labels[i]));
        }
        CheckSizes(equation, terms, result);
        (Tensor Value, string Labels) left = terms[0];
        for (int i = 1; i < terms.Count; i++)
        {
            string needed = result + string.Concat(terms.Skip(i + 1).Select(term => term.Labels));
            left = Contract(left, terms[i], needed);
        }
        return Arrange(left, result);
    }

    private static (string[] Labels, string Result) Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        string[] sides = equation.Replace(" ", string.Empty).Split("->");
        string[] groups = sides[0].Split(',');
        if (sides.Length > 2 || groups.Length != operands.Length)
        {
            throw new ArgumentException($"einsum: \"{equation}\" names {groups.Length} operands; {operands.Length} were given.", nameof(equation));
        }
        int most = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            int named = groups[i].Replace(Dots, string.Empty).Length;
            int rest = operands[i].Rank - named;
            if (rest < 0 || (rest > 0 && !groups[i].Contains(Dots)))
            {
                throw new ArgumentException(
                    $"einsum: \"{groups[i]}\" in \"{equation}\" names {named} axes; the operand has shape {operands[i].Shape}.", nameof(equation));
            }
            most = Math.Max(most, rest);
        }
        string batch = new([.. Enumerable.Range(0, most).Select(i => (char)(FirstBatchLabel + i))]);
        for (int i = 0; i < groups.Length; i++)
        {
            int rest = operands[i].Rank - groups[i].Replace(Dots, string.Empty).Length;
            groups[i] = groups[i].Replace(Dots, batch[(most - rest)..]);
        }
        string all = string.Concat(groups);
        string result = sides.Length == 2
            ? sides[1].Replace(Dots, batch)
            : batch + new string([.. all.Where(label => label < FirstBatchLabel && all.Count(other => other == label) == 1).Order()]);
        foreach (char label in result)
        {
            if (!all.Contains(label) || result.Count(other => other == label) > 1)
            {
                throw new ArgumentException(
                    $"einsum: the result of \"{equation}\" names '{label}', which must occur in an operand, and in the result once.",
                        nameof(equation));
            }
        }
        return (groups, result);
    }

    /// <summary>Takes diagonals until every label stands once.</summary>
    private static (Tensor Value, string Labels) WithoutRepeats(Tensor x, string labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int again = labels.IndexOf(labels[i], i + 1);
            if (again >= 0)
            {
                if (x.Shape[i] != x.Shape[again])
                {
                    throw new ArgumentException(
                        $"einsum: axes {i} and {again} of shape {x.Shape} share the label '{labels[i]}' and must have one size.");
                }
                string rest = labels.Remove(again, 1).Remove(i, 1) + labels[i];
                return WithoutRepeats(x.Diagonal(0, i, again), rest);
            }
        }
        return (x, labels);
    }

    private static void CheckSizes(string equation, List<(Tensor Value, string Labels)> terms, string result)
    {
        Dictionary<char, int> sizes = [];
        foreach ((Tensor value, string labels) in terms)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                int size = value.Shape[i];
                int known = sizes.GetValueOrDefault(labels[i], size);
                bool mayBroadcast = labels[i] >= FirstBatchLabel && (size == 1 || known == 1);
                if (known != size && !mayBroadcast)
                {
                    throw new ArgumentException($"einsum: label '{labels[i]}' of \"{equation}\" has sizes {known} and {size}; they must agree.",
                        nameof(equation));
                }
                sizes[labels[i]] = Math.Max(known, size);
            }
        }
    }

    /// <summary>Multiplies two terms and sums the labels that are not needed any more, as one batched matrix product.</summary>
    private static (Tensor Value, string Labels) Contract((Tensor Value, string Labels) a, (Tensor Value, string Labels) b, string needed)
    {
        a = SumAway(a, b.Labels + needed);
        b = SumAway(b, a.Labels + needed);
        string shared = Filter(a.Labels, label => b.Labels.Contains(label));
        string batch = Filter(shared, needed.Contains);
        string summed = Filter(shared, label => !needed.Contains(label));
        string left = Filter(a.Labels, label => !shared.Contains(label));
        string right = Filter(b.Labels, label => !shared.Contains(label));
        Tensor x = Arrange(a, batch + left + summed);
        Tensor y = Arrange(b, batch + summed + right);
        Shape common = Shape.Broadcast(x.Shape[..batch.Length], y.Shape[..batch.Length]);
        Shape leftSizes = x.Shape[batch.Length..(batch.Length + left.Length)];
        Shape rightSizes = y.Shape[(batch.Length + summed.Length)..];
        int inner = checked((int)y.Shape[batch.Length..(batch.Length + summed.Length)].Count);
        Tensor product = x.Reshape(x.Shape[..batch.Length] + [checked((int)leftSizes.Count), inner])
            .MatMul(y.Reshape(y.Shape[..batch.Length] + [inner, checked((int)rightSizes.Count)]));
        return (product.Reshape(common + leftSizes + rightSizes), batch + left + right);
    }

    private static (Tensor Value, string Labels) SumAway((Tensor Value, string Labels) term, string needed)
    {
        int[] axes = [.. Enumerable.Range(0, term.Labels.Length).Where(axis => !needed.Contains(term.Labels[axis]))];
        return axes.Length == 0 ? term : (term.Value.Sum(axes), Filter(term.Labels, needed.Contains));
    }

    private static Tensor Arrange((Tensor Value, string Labels) term, string order)
    {
        term = SumAway(term, order);
        return term.Labels == order ? term.Value : term.Value.Permute([.. order.Select(label => term.Labels.IndexOf(label))]);
    }

    private static string Filter(string labels, Func<char, bool> isKept)
    {
        StringBuilder kept = new();
        foreach (char label in labels)
        {
            kept.Append(isKept(label) ? label.ToString() : string.Empty);
        }
        return kept.ToString();
    }
}
