using Microsoft.DotNet.Interactive.Formatting;
using Pyrite.Cells;
using Pyrite.Plotting;

namespace Pyrite;

/// <summary>Shows what Pyrite computes in .NET notebooks.</summary>
/// <remarks>
/// A notebook that loads the package with <c>#r "nuget: Pyrite.Interactive"</c> has them at once; a program that writes HTML by
/// <c>ToDisplayString("text/html")</c> calls <see cref="Register"/> first. Tensors, tables, draws, summaries, results, comparisons and plans become
/// tables and text, charts, figures, image grids, diagrams and model graphs become pictures. What is long is cut, and says so. As
/// <c>text/plain</c> all of them are what their <c>ToString</c> gives.
/// </remarks>
public static class NotebookFormatters
{
    /// <summary>Registers the formatters, in the place of earlier ones for the same types; calling it again changes nothing.</summary>
    public static void Register()
    {
        Add<Tensor>(TensorCell.Write);
        Add<Table>(TableCell.Write);
        Add<Summary>(DrawsCells.Write);
        Add<Draws>(DrawsCells.Write);
        Add<McmcResult>(DrawsCells.Write);
        Add<SviResult>(ResultCells.Write);
        Add<PredictiveAccuracy>(ResultCells.Write);
        Add<PitEcdf>(ResultCells.Write);
        Add<ModelComparison>(ResultCells.WriteText);
        Add<PowerScaling>(ResultCells.WriteText);
        Add<EnumerationPlan>(ResultCells.WriteText);
        Add<ExecutionPlan>(ResultCells.WriteText);
        Add<Trace>(ResultCells.Write);
        Add<ModelGraph>(PictureCells.Write);
        Add<Diagram>(PictureCells.Write);
        Add<Chart>(PictureCells.Write);
        Add<Figure>(PictureCells.Write);
        Add<ImageGrid>(PictureCells.Write);
        Add<IPicture>(PictureCells.Write);
    }

    private static void Add<T>(Action<CellText, T> write)
        where T : class
    {
        Formatter.Register<T>((value, writer) =>
        {
            CellText text = new();
            write(text, value);
            writer.Write(text.ToString());
        }, HtmlFormatter.MimeType);
        Formatter.Register<T>(value => value.ToString() ?? "", PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(T), HtmlFormatter.MimeType);
    }
}
