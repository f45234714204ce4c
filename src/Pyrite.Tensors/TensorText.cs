using System.Globalization;
using System.Text;

namespace Pyrite;

/// <summary>Prints tensors as NumPy does: nested brackets, aligned columns, the middle of long axes left out.</summary>
internal static class TensorText
{
    private const int SummarizeAbove = 1000;
    private const int EdgeItems = 3;

    /// <summary>The text of a tensor.</summary>
    public static string Format(Tensor tensor)
    {
        if (tensor.IsWeak)
        {
            return Number(tensor.WeakValue);
        }
        double[] values = tensor.ToArray<double>();
        bool summarize = values.Length > SummarizeAbove;
        Func<double, string> format = tensor.DType switch
        {
            DType.Bool => v => v != 0 ? "True" : "False",
            DType.Int64 or DType.UInt8 => v => v.ToString("0", CultureInfo.InvariantCulture),
            _ => Number,
        };
        int width = 0;
        Visit(tensor.Shape, 0, 0, summarize, (i, _) => width = Math.Max(width, format(values[i]).Length));
        StringBuilder text = new();
        Write(text, tensor.Shape, 0, 0, summarize, i => format(values[i]).PadLeft(width));
        return text.ToString();
    }

    private static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }
        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }
        double magnitude = Math.Abs(value);
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e8))
        {
            return value.ToString("0.####e+00", CultureInfo.InvariantCulture);
        }
        string text = value.ToString("0.####", CultureInfo.InvariantCulture);
        return text.Contains('.') ? text : text + ".";
    }

    private static IEnumerable<int> Shown(int size, bool summarize)
    {
        for (int i = 0; i < size; i++)
        {
            if (summarize && size > 2 * EdgeItems && i == EdgeItems)
            {
                yield return -1;
                i = size - EdgeItems;
            }
            yield return i;
        }
    }

    private static void Visit(Shape shape, int axis, int offset, bool summarize, Action<int, int> action)
    {
        if (axis == shape.Rank)
        {
            action(offset, axis);
            return;
        }
        foreach (int i in Shown(shape[axis], summarize))
        {
            if (i >= 0)
            {
                Visit(shape, axis + 1, (offset * shape[axis]) + i, summarize, action);
            }
        }
    }

    private static void Write(StringBuilder text, Shape shape, int axis, int offset, bool summarize, Func<int, string> element)
    {
        if (axis == shape.Rank)
        {
            text.Append(element(offset));
            return;
        }
        bool last = axis == shape.Rank - 1;
        text.Append('[');
        bool first = true;
        foreach (int i in Shown(shape[axis], summarize))
        {
            if (!first)
            {
                text.Append(last ? " " : new string('\n', shape.Rank - 1 - axis) + new string(' ', axis + 1));
            }
            first = false;
            if (i < 0)
            {
                text.Append("...");
            }
            else
            {
                Write(text, shape, axis + 1, (offset * shape[axis]) + i, summarize, element);
            }
        }
        text.Append(']');
    }
}
