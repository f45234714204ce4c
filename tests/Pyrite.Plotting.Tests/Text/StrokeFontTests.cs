using Pyrite.Plotting.Canvas;
using Pyrite.Plotting.Text;

namespace Pyrite.Plotting.Tests.Text;

public class StrokeFontTests
{
    [Fact]
    public void Has_all_printable_ASCII_and_the_signs_that_charts_use()
    {
        IEnumerable<char> wanted = Enumerable.Range(32, 95).Select(code => (char)code).Concat("×µ−±°⁰¹²³⁴⁵⁶⁷⁸⁹⁻·…→≤≥αβμστ");
        Assert.DoesNotContain(wanted, character => !StrokeFont.Has(character));
    }

    [Fact]
    public void Every_character_but_the_space_has_strokes_within_its_cell()
    {
        foreach ((char character, double advance, string _) in GlyphTable.Entries)
        {
            VectorPath path = StrokeFont.Outline(character.ToString(), new CanvasPoint(0, 0), 100);
            Assert.Equal(character == ' ', path.IsEmpty);
            Assert.All(path.Points, point =>
            {
                Assert.InRange(point.X, -2, advance + 2);
                Assert.InRange(-point.Y, -22, 82);
            });
        }
    }

    [Fact]
    public void All_characters_look_different()
    {
        var shapes = GlyphTable.Entries.Where(entry => entry.Character is not ('µ' or 'μ')).Select(entry => entry.Strokes).ToList();
        Assert.Equal(shapes.Count, shapes.Distinct().Count());
    }

    [Fact]
    public void Widths_add_up_and_scale_with_the_size()
    {
        Assert.Equal(StrokeFont.Measure("ab", 20), StrokeFont.Measure("a", 20) + StrokeFont.Measure("b", 20), 9);
        Assert.Equal(2 * StrokeFont.Measure("Text", 10), StrokeFont.Measure("Text", 20), 9);
        Assert.All("123456789", digit => Assert.Equal(StrokeFont.Measure("0", 10), StrokeFont.Measure(digit.ToString(), 10)));
    }

    [Fact]
    public void Upright_text_is_the_same_turned_by_a_quarter()
    {
        IReadOnlyList<CanvasPoint> level = StrokeFont.Outline("Rg", new CanvasPoint(0, 0), 10).Points,
            upright = StrokeFont.Outline("Rg", new CanvasPoint(0, 0), 10, upright: true).Points;
        Assert.Equal(level.Count, upright.Count);
        for (int i = 0; i < level.Count; i++)
        {
            Assert.Equal(level[i].X, -upright[i].Y, 9);
            Assert.Equal(level[i].Y, upright[i].X, 9);
        }
    }

    [Fact]
    public void Unknown_characters_become_a_box() =>
        Assert.Equal(StrokeFont.Outline("\u4e2d", default, 10).Points, StrokeFont.Outline("\uFFFD", default, 10).Points);
}
