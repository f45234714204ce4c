namespace Pyrite.Terminal.Tests;

public sealed class LiveTableTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void Rows_stay_and_the_bar_below_them_goes()
    {
        Screen screen = new();
        LiveTable table = new(["epoch", "loss"], ProgressStyle.Live, screen, clock, screen.Console);
        clock.Pass(1);
        table.Show("epoch 1/2", 0.5, "batch 5/10");
        Assert.EndsWith("epoch 1/2 ━━━━━━━━━──────────  50 %  batch 5/10", screen.Shown);

        table.AddRow("1", "12.50");
        clock.Pass(1);
        table.Show("epoch 2/2", 0.1, "batch 1/10");
        table.AddRow("2", "11.25");
        table.End();
        Assert.Equal(
            """
            ╭───────┬───────╮
            │ epoch │  loss │
            ├───────┼───────┤
            │     1 │ 12.50 │
            │     2 │ 11.25 │
            ╰───────┴───────╯
            """, screen.Shown, ignoreLineEndingDifferences: true);
        Assert.Equal((6, 0), screen.Cursor);
    }

    [Fact]
    public void Plain_rows_are_lines_with_the_names_of_their_columns()
    {
        using StringWriter output = new() { NewLine = "\n" };
        LiveTable table = new(["epoch", "loss"], ProgressStyle.Plain, output);
        table.Show("epoch 1/2", 0.5, "batch 5/10");
        table.AddRow("1", "12.50");
        table.End();

        Assert.Equal("epoch 1  loss 12.50\n", output.ToString());
    }

    [Fact]
    public void A_row_has_a_cell_for_each_column()
    {
        LiveTable table = new(["epoch", "loss"], ProgressStyle.None);

        Assert.Contains("2 cells (epoch, loss); found 1", Assert.Throws<ArgumentException>(() => table.AddRow("1")).Message);
    }
}
