using System.Globalization;

namespace Pyrite.Inference.Exchange;

/// <summary>The name of a column, taken apart: <c>sigma.2.1</c> and <c>sigma[2,1]</c> are sigma at (1, 0).</summary>
/// <remarks>
/// CmdStan writes the parts of tuples after a colon and those of complex numbers after the last dot: <c>t.2:1.3</c> is <c>t:1</c> at (1, 2),
/// <c>z.2.real</c> is <c>z.real</c> at 1. Other names may hold dots; only numbers at the end of a part are indices.
/// </remarks>
/// <param name="Quantity">The quantity.</param>
/// <param name="Index">The place in it, from 0; empty for a scalar.</param>
internal sealed record CmdStanName(string Quantity, int[] Index)
{
    private static readonly string[] ComplexParts = [".real", ".imag"];

    public static CmdStanName Of(string column)
    {
        if (column.EndsWith(']') && column.IndexOf('[') is int bracket and > 0 && Indices(column[(bracket + 1)..^1].Split(',')) is { } inBrackets)
        {
            return new CmdStanName(column[..bracket], inBrackets);
        }
        string part = ComplexParts.FirstOrDefault(ending => column.EndsWith(ending, StringComparison.Ordinal) && column.Length > ending.Length) ?? "";
        List<int> index = [];
        List<string> names = [];
        foreach (string piece in column[..^part.Length].Split(':'))
        {
            string name = piece;
            List<int> own = [];
            // After a colon the first number is which entry of the tuple; it is part of the name.
            for (int dot = name.LastIndexOf('.'); dot > 0 && Indices([name[(dot + 1)..]]) is [int one]; dot = name.LastIndexOf('.'))
            {
                own.Insert(0, one);
                name = name[..dot];
            }
            names.Add(name);
            index.AddRange(own);
        }
        return new CmdStanName(string.Join(':', names) + part, [.. index]);
    }

    private static int[]? Indices(string[] texts)
    {
        int[] found = new int[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!int.TryParse(texts[i].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
            {
                return null;
            }
            found[i] = value - 1;
        }
        return found;
    }
}
