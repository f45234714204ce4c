using Pyrite.Plotting;

namespace Pyrite.Cells;

/// <summary>Fits, comparisons, checks and plans: what they say in words, with the picture that belongs to it.</summary>
internal static class ResultCells
{
    public static void Write(CellText text, SviResult fit)
    {
        text.Heading(FormattableString.Invariant($"{fit.StopReason} after {fit.Losses.Count} steps")
            + (fit.SkippedSteps > 0 ? FormattableString.Invariant($", {fit.SkippedSteps} skipped") : ""));
        DrawsCells.WriteAdvice(text, fit.Advice);
        if (fit.Losses.Count > 0)
        {
            text.Remark(FormattableString.Invariant($"Last loss {fit.Losses[^1]:G6}"));
            PictureCells.Write(text, fit.ToChart());
        }
    }

    public static void Write(CellText text, PredictiveAccuracy accuracy)
    {
        text.Columns($"{accuracy}");
        if (accuracy.ParetoK is not null)
        {
            PictureCells.Write(text, accuracy.ToChart());
        }
    }

    public static void Write(CellText text, PitEcdf ecdf) => PictureCells.Write(text, ecdf.ToChart());

    public static void Write(CellText text, Trace trace) => text.Columns(trace.ShapeTable());

    public static void WriteText<T>(CellText text, T value) => text.Columns($"{value}");
}
