using System.Xml.Linq;
using Microsoft.DotNet.Interactive.Formatting;
using Pyrite.Plotting;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>What notebooks show, asked of the formatting library as a kernel asks it.</summary>
public sealed class NotebookFormattersTests
{
    private static readonly Draws Posterior = new(2, 4,
    [
        new DrawsVariable("mu", Shape.Scalar, [1, 2, 3, 4, 5, 6, 7, 8]),
        new DrawsVariable("theta", [2], [.. Enumerable.Range(0, 16).Select(i => 0.5 * i)]),
    ]);

    public NotebookFormattersTests() => NotebookFormatters.Register();

    [Fact]
    public void A_matrix_is_a_table_of_its_numbers()
    {
        XElement cell = Html(Tensor.From<double>([1, 2.5, -3, 1e-9, double.NaN, double.PositiveInfinity], [2, 3]));
        Assert.Equal("Float64 [2, 3]", cell.Descendants("strong").Single().Value);
        Assert.Equal([["", "0", "1", "2"], ["0", "1", "2.5", "-3"], ["1", "1E-09", "NaN", "Infinity"]], Cells(cell));
    }

    [Fact]
    public void Whole_numbers_and_truth_values_lose_nothing()
    {
        Assert.Equal([["", "0", "1"], ["", "9007199254740993", "-1"]], Cells(Html(Tensor.From([9007199254740993L, -1L]))));
        Assert.Equal([["", "0", "1"], ["", "True", "False"]], Cells(Html(Tensor.From([true, false]))));
    }

    [Fact]
    public void The_middle_of_long_axes_is_left_out()
    {
        Tensor large = Tensor.From<double>([.. Enumerable.Range(0, 100 * 50).Select(i => (double)i)], [100, 50]);
        string[][] cells = Cells(Html(large));
        Assert.Equal(22, cells.Length);
        Assert.Equal(["", "0", "1", "2", "3", "4", "5", "…", "44", "45", "46", "47", "48", "49"], cells[0]);
        Assert.Equal("…", cells[11][0]);
        Assert.Equal(["99", "4950", "4951"], cells[21][..3]);
        Assert.Equal("4999", cells[21][^1]);
    }

    [Theory]
    [InlineData(new int[0], "scalar")]
    [InlineData(new[] { 0 }, "[0]")]
    [InlineData(new[] { 2, 1, 2 }, "[2, 1, 2]")]
    public void Other_tensors_are_the_text_that_they_print(int[] sizes, string shape)
    {
        Tensor tensor = Tensor.Zeros([.. sizes], DType.Float32);
        XElement cell = Html(tensor);
        Assert.Equal($"Float32 {shape}", cell.Descendants("strong").Single().Value);
        Assert.Equal(tensor.ToString(), cell.Descendants("pre").Single().Value);
    }

    [Fact]
    public void A_summary_has_its_cells_and_its_advice()
    {
        Summary summary = Posterior.Summary();
        XElement cell = Html(summary);
        Assert.Equal(summary.ToCells(), Cells(cell));
        Assert.NotEmpty(summary.Advice);
        Assert.All(summary.Advice, sentence => Assert.Contains(cell.Elements("p"), p => p.Value == sentence));
    }

    [Fact]
    public void Draws_say_how_many_there_are_and_what_they_look_like()
    {
        XElement cell = Html(Posterior);
        Assert.Equal("2 chains of 4 draws", cell.Descendants("strong").Single().Value);
        Assert.Equal(Posterior.Summary().ToCells(), Cells(cell));
        Assert.Contains(cell.Elements("p"), p => p.Value == "Arrays: theta [2].");
        Assert.Contains("3 draws", Text(Html(new Draws(3, [new DrawsVariable("x", Shape.Scalar, [1, 2, 3])]))));
    }

    [Fact]
    public void Of_many_numbers_the_first_are_shown()
    {
        Draws wide = new(3, [new DrawsVariable("w", [100], new double[300]), new DrawsVariable("v", Shape.Scalar, new double[3])]);
        XElement cell = Html(wide);
        Assert.Equal(61, Cells(cell).Length);
        Assert.Contains("The first 60 of 100 rows.", Text(cell));
        Assert.Contains("of 1 of 2 quantities.", Text(cell));
    }

    [Fact]
    public void A_run_is_shown_with_what_speaks_against_it()
    {
        McmcResult result = Mcmc.Run(() => Sample("z <1>", new Normal(0, 1)), draws: 20, chains: 2, warmup: 20, seed: 1);
        XElement cell = Html(result);
        Assert.Equal(result.Summary().ToCells(), Cells(cell));
        Assert.Contains("z <1>", Cells(cell)[1][0]);
        Assert.All(result.Summary().Advice, sentence => Assert.Contains(sentence, Text(cell)));
        Assert.Equal("2 chains of 20 draws", cell.Descendants("strong").Single().Value);
    }

    [Fact]
    public void A_fit_is_shown_with_its_losses()
    {
        SviResult fit = new([3, 2, 1.25], SviStopReason.Completed, 1, ["w"]);
        XElement cell = Html(fit);
        Assert.Contains("Completed after 3 steps, 1 skipped", Text(cell));
        Assert.Contains("Last loss 1.25", Text(cell));
        Assert.Contains("No gradient ever reached w", Text(cell));
        Assert.Equal(fit.ToChart().ToPng(), Bytes(cell, "image/png"));
    }

    [Fact]
    public void Pictures_are_inside_the_page_and_have_names()
    {
        Chart chart = new("A & B", width: 200, height: 150);
        chart.AddDots("dots", [1, 2], [3, 4]);
        Figure figure = new(1, 2, "two", 400, 200);
        ImageGrid grid = new([0, 255, 128, 7], 1, 1, 2, 2);
        foreach (IPicture picture in (IPicture[])[chart, figure, grid])
        {
            XElement cell = Html(picture), image = cell.Element("img")!;
            Assert.Equal(picture.ToPng(), Bytes(cell, "image/png"));
            Assert.Equal((picture.Name, $"{picture.Width}"), (image.Attribute("alt")!.Value, image.Attribute("width")!.Value));
        }
    }

    [Fact]
    public void Model_graphs_and_diagrams_are_drawings_that_stay_sharp()
    {
        ModelGraph graph = Inspect.Graph(() => Sample("x", new Normal(Sample("mu", new Normal(0, 1)), 1), observed: 0.5));
        Assert.Equal(graph.ToSvg(), System.Text.Encoding.UTF8.GetString(Bytes(Html(graph), "image/svg+xml")));
        Assert.Equal(graph.ToSvg(), System.Text.Encoding.UTF8.GetString(Bytes(Html(graph.ToPicture()), "image/svg+xml")));
    }

    [Fact]
    public void A_table_shows_kinds_first_rows_and_what_is_missing()
    {
        Table table = new(Column.Texts("school", [.. Enumerable.Range(0, 15).Select(i => $"<{i}>")]),
            Column.Numbers("effect", [double.NaN, .. Enumerable.Range(1, 14).Select(i => i + 0.5)]));
        XElement cell = Html(table);
        string[][] cells = Cells(cell);
        Assert.Equal(["", "school", "effect"], cells[0]);
        Assert.Equal(["", "Category", "Number"], cells[1]);
        Assert.Equal(["0", "<0>", "–"], cells[2]);
        Assert.Equal(["9", "<9>", "9.5"], cells[^1]);
        Assert.Contains("The first 10 rows and 2 columns.", Text(cell));
    }

    [Fact]
    public void Checks_comparisons_and_traces_are_shown()
    {
        PitEcdf ecdf = PitEcdf.Of([0.1, 0.4, 0.6, 0.9]);
        Assert.Equal(ecdf.ToChart().ToPng(), Bytes(Html(ecdf), "image/png"));
        Trace trace = Trace.Of(() => Sample("x", new Normal(0, 1)));
        Assert.Equal(trace.ShapeTable().TrimEnd(), Html(trace).Element("pre")!.Value);
        double[] density = [.. Enumerable.Range(0, 400).Select(i => -1 - (0.001 * (i % 17)))];
        PredictiveAccuracy loo = PredictiveAccuracy.Loo(new Draws(2, 100, [new DrawsVariable("y", [2], density)]), "y");
        Assert.Equal($"{loo}".TrimEnd(), Html(loo).Element("pre")!.Value);
        ModelComparison ranking = ModelComparison.Of([("a", loo), ("b", loo)]);
        Assert.Equal($"{ranking}".TrimEnd(), Html(ranking).Element("pre")!.Value);
    }

    [Fact]
    public void Plain_text_is_what_a_program_prints() =>
        Assert.Equal($"{Posterior.Summary()}", Posterior.Summary().ToDisplayString(PlainTextFormatter.MimeType));

    [Fact]
    public void Notebooks_ask_for_html_first()
    {
        Assert.Equal(HtmlFormatter.MimeType, Formatter.GetPreferredMimeTypesFor(typeof(Tensor)).First());
        Assert.Equal(HtmlFormatter.MimeType, Formatter.GetPreferredMimeTypesFor(typeof(Chart)).First());
    }

    private static XElement Html(object value) =>
        XElement.Parse(value.ToDisplayString(HtmlFormatter.MimeType), LoadOptions.PreserveWhitespace);

    private static string[][] Cells(XElement cell) =>
        [.. cell.Descendants("tr").Select(row => row.Elements().Select(element => element.Value).ToArray())];

    private static string Text(XElement cell) => string.Join('\n', cell.Descendants("p").Select(p => p.Value));

    private static byte[] Bytes(XElement cell, string type)
    {
        string source = cell.Descendants("img").Single().Attribute("src")!.Value, prefix = $"data:{type};base64,";
        Assert.StartsWith(prefix, source);
        return Convert.FromBase64String(source[prefix.Length..]);
    }
}
