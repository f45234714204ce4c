using System.Text;

namespace Pyrite.Text;

/// <summary>Prints tensors as NumPy's <c>str</c> does: nested brackets, aligned columns, lines of 75, the middle of long axes left out.</summary>
internal sealed class TensorText
{
    private const int SummarizeAbove = 1000;
    private const int EdgeItems = 3;
    private const int LineWidth = 75;
    private const string Omission = "...";

    private readonly Shape shape;
    private readonly bool summarize;
    private readonly Func<int, string> format;

    private TensorText(Tensor tensor)
    {
        shape = tensor.Shape;
        summarize = shape.Count > SummarizeAbove;
        List<int> shown = [];
        Visit(0, 0, shown);
        format = tensor.DType switch
        {
            DType.Bool => Truths(tensor.ToArray<bool>()),
            DType.Int64 or DType.UInt8 => Integers(tensor.ToArray<long>(), shown),
            _ => Reals(tensor.ToArray<double>(), shown, tensor.DType == DType.Float32),
        };
    }

    /// <summary>The text of a tensor.</summary>
    public static string Format(Tensor tensor)
    {
        if (tensor.Rank == 0)
        {
            return tensor.DType switch
            {
                DType.Bool => tensor.Item() != 0 ? "True" : "False",
                DType.Int64 or DType.UInt8 => $"{tensor.ToArray<long>()[0]}",
                _ => NumberColumn.Alone(tensor.Item(), tensor.DType == DType.Float32 && !tensor.IsWeak),
            };
        }
        return tensor.Count == 0 ? "[]" : new TensorText(tensor).Write(0, 0, " ", LineWidth);
    }

    private static Func<int, string> Truths(bool[] values) => place => values[place] ? " True" : "False";

    // Whole numbers never pass through a double, which holds only those below 2^53.
    private static Func<int, string> Integers(long[] values, List<int> shown)
    {
        int width = shown.Max(place => $"{values[place]}".Length);
        return place => $"{values[place]}".PadLeft(width);
    }

    private static Func<int, string> Reals(double[] values, List<int> shown, bool isSingle)
    {
        Func<double, string> column = NumberColumn.OfReals(shown.ConvertAll(place => values[place]), isSingle);
        return place => column(values[place]);
    }

    private void Visit(int axis, int offset, List<int> shown)
    {
        if (axis == shape.Rank)
        {
            shown.Add(offset);
            return;
        }
        foreach (int i in Shown(shape[axis]))
        {
            if (i >= 0)
            {
                Visit(axis + 1, (offset * shape[axis]) + i, shown);
            }
        }
    }

    /// <summary>The positions of an axis to show; -1 stands for those left out.</summary>
    private IEnumerable<int> Shown(int size)
    {
        bool cut = summarize && size > 2 * EdgeItems;
        for (int i = 0; i < size; i++)
        {
            if (cut && i == EdgeItems)
            {
                yield return -1;
                i = size - EdgeItems;
            }
            yield return i;
        }
    }

    private string Write(int axis, int offset, string indent, int width)
    {
        if (axis == shape.Rank)
        {
            return format(offset);
        }
        StringBuilder text = new();
        int axesLeft = shape.Rank - axis;
        StringBuilder line = new(axesLeft == 1 ? indent : string.Empty);
        bool first = true;
        foreach (int i in Shown(shape[axis]))
        {
            string word = i < 0 ? Omission : Write(axis + 1, (offset * shape[axis]) + i, indent + " ", width - 1);
            if (axesLeft > 1)
            {
                text.Append(first ? string.Empty : new string('\n', axesLeft - 1)).Append(indent).Append(word);
            }
            else
            {
                line.Append(first ? string.Empty : " ");
                if (line.Length + word.Length > width - 1 && line.Length > indent.Length)
                {
                    text.Append(line.ToString().TrimEnd()).Append('\n');
                    line.Clear().Append(indent);
                }
                line.Append(word);
            }
            first = false;
        }
        text.Append(line);
        return $"[{text.ToString(indent.Length, text.Length - indent.Length)}]";
    }
}
