namespace Pyrite.Cells;

/// <summary>Draws, their summaries, and results that hold draws.</summary>
internal static class DrawsCells
{
    private const int MostRows = 60;

    public static void Write(CellText text, Summary summary)
    {
        IReadOnlyList<IReadOnlyList<string>> cells = summary.ToCells();
        text.Table(cells[0], cells.Skip(1).Take(MostRows));
        if (summary.Rows.Count > MostRows)
        {
            text.Remark(FormattableString.Invariant($"The first {MostRows} of {summary.Rows.Count} rows."));
        }
        string[] angles = [.. summary.Rows.Where(row => row.IsCircular).Select(row => row.Name).Take(MostRows)];
        if (angles.Length > 0)
        {
            text.Remark($"Angles in radians, with circular mean, sd and intervals: {string.Join(", ", angles)}.");
        }
        WriteAdvice(text, summary.Advice);
    }

    public static void Write(CellText text, Draws draws)
    {
        text.Heading(Count(draws));
        Draws shown = Shown(draws);
        Write(text, shown.Summary());
        if (shown.Names.Count < draws.Names.Count)
        {
            text.Remark(FormattableString.Invariant($"The table and its advice are of {shown.Names.Count} of {draws.Names.Count} quantities."));
        }
        WriteShapes(text, draws);
    }

    public static void Write(CellText text, McmcResult result)
    {
        if (!result.HasDraws)
        {
            text.Heading("A run that was cancelled before the first draw");
            return;
        }
        text.Heading(result.IsComplete ? Count(result.Draws) : $"{Count(result.Draws)} of a run that is not complete");
        Write(text, result.Summary());
        WriteShapes(text, result.Draws);
    }

    public static void WriteAdvice(CellText text, IReadOnlyList<string> advice)
    {
        foreach (string sentence in advice)
        {
            text.Advice(sentence);
        }
    }

    /// <summary>Quantities of which a table would not show a number need no statistics.</summary>
    private static Draws Shown(Draws draws)
    {
        long numbers = 0;
        List<string> names = [];
        foreach (DrawsVariable variable in draws.Variables.TakeWhile(_ => numbers < MostRows))
        {
            names.Add(variable.Name);
            numbers += variable.EventShape.Count;
        }
        return draws.Select([.. names]);
    }

    private static void WriteShapes(CellText text, Draws draws)
    {
        IEnumerable<DrawsVariable> arrays = draws.Variables.Where(variable => variable.EventShape.Rank > 0);
        string[] shapes = [.. arrays.Take(MostRows).Select(variable => $"{variable.Name} {variable.EventShape}")];
        if (shapes.Length > 0)
        {
            text.Remark($"Arrays: {string.Join(", ", shapes)}.");
        }
    }

    private static string Count(Draws draws) => draws.HasChains
        ? FormattableString.Invariant($"{draws.Chains} chains of {draws.DrawsPerChain} draws")
        : FormattableString.Invariant($"{draws.Count} draws");
}
