using System.Globalization;

namespace Pyrite.Cells;

/// <summary>Tensors: vectors and matrices as tables, the middle of long axes left out; those of more axes as text.</summary>
internal static class TensorCell
{
    private const int MostRows = 20;
    private const int MostColumns = 12;
    private const string Omission = "…";

    public static void Write(CellText text, Tensor tensor)
    {
        text.Heading($"{tensor.DType} {(tensor.Rank == 0 ? "scalar" : $"{tensor.Shape}")}");
        if (tensor.Rank is 0 or > 2 || tensor.Count == 0)
        {
            text.Columns($"{tensor}");
            return;
        }
        Tensor matrix = tensor.Rank == 1 ? tensor.Reshape(1, tensor.Shape[0]) : tensor;
        int[] rows = Shown(matrix.Shape[0], MostRows), columns = Shown(matrix.Shape[1], MostColumns);
        string[] header = ["", .. columns.Select(Position)];
        text.Table(header, rows.Select(row => Row(matrix, tensor.Rank == 1 ? "" : Position(row), row, columns)));
    }

    private static List<string> Row(Tensor matrix, string name, int row, int[] columns)
    {
        if (row < 0)
        {
            return [name, .. columns.Select(_ => Omission)];
        }
        string[] numbers = Numbers(matrix.Select(0, row));
        return [name, .. columns.Select(column => column < 0 ? Omission : numbers[column])];
    }

    // Whole numbers never pass through a double, which holds only those below 2^53.
    private static string[] Numbers(Tensor row) => row.DType switch
    {
        DType.Bool => Array.ConvertAll(row.ToArray<bool>(), value => value ? "True" : "False"),
        DType.Int64 or DType.UInt8 => Array.ConvertAll(row.ToArray<long>(), value => value.ToString(CultureInfo.InvariantCulture)),
        _ => Array.ConvertAll(row.ToArray<double>(), value => value.ToString("G6", CultureInfo.InvariantCulture)),
    };

    private static string Position(int place) => place < 0 ? Omission : place.ToString(CultureInfo.InvariantCulture);

    /// <summary>The positions of an axis to show; -1 stands for those left out.</summary>
    private static int[] Shown(int size, int most) => size <= most
        ? [.. Enumerable.Range(0, size)]
        : [.. Enumerable.Range(0, most / 2), -1, .. Enumerable.Range(size - (most / 2), most / 2)];
}
