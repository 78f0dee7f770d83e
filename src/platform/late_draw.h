/* late_draw.h - pango, cairo and what is under them, which bring thirty libraries: loaded
 * where something is drawn (late.h). */
#ifndef MAILLAGE_LATE_DRAW_H
#define MAILLAGE_LATE_DRAW_H

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <pango/pangocairo.h>

#include "platform/late.h"

/* clang-format off */
#define LATE_DRAW(X) \
	X(FT_Done_Face) X(FT_Done_FreeType) X(FT_Init_FreeType) X(FT_Load_Sfnt_Table) X(FT_New_Memory_Face) \
	X(FcConfigAppFontAddFile) X(FcConfigCreate) X(FcConfigSetCurrent) X(FcFreeTypeQuery) \
	X(FcPatternDestroy) X(FcPatternGetString) X(cairo_arc) X(cairo_clip) X(cairo_close_path) \
	X(cairo_create) X(cairo_curve_to) X(cairo_destroy) X(cairo_fill) X(cairo_fill_preserve) \
	X(cairo_font_options_create) X(cairo_font_options_destroy) X(cairo_font_options_set_antialias) \
	X(cairo_font_options_set_hint_metrics) X(cairo_font_options_set_hint_style) \
	X(cairo_get_current_point) X(cairo_image_surface_create) X(cairo_image_surface_get_data) \
	X(cairo_image_surface_get_stride) X(cairo_line_to) X(cairo_move_to) X(cairo_new_path) \
	X(cairo_new_sub_path) X(cairo_pattern_add_color_stop_rgb) X(cairo_pattern_create_linear) \
	X(cairo_pattern_destroy) X(cairo_pdf_surface_add_outline) X(cairo_pdf_surface_create_for_stream) \
	X(cairo_pdf_surface_set_metadata) X(cairo_rectangle) X(cairo_rel_line_to) X(cairo_rel_move_to) \
	X(cairo_restore) X(cairo_save) X(cairo_scale) X(cairo_set_dash) X(cairo_set_fill_rule) \
	X(cairo_set_line_cap) X(cairo_set_line_join) X(cairo_set_line_width) X(cairo_set_source) \
	X(cairo_set_source_rgb) X(cairo_show_page) X(cairo_status) X(cairo_stroke) X(cairo_stroke_preserve) \
	X(cairo_surface_destroy) X(cairo_surface_finish) X(cairo_surface_flush) X(cairo_surface_status) \
	X(cairo_tag_begin) X(cairo_tag_end) X(cairo_translate) X(g_object_unref) \
	X(g_type_check_instance_cast) X(pango_attr_font_desc_new) X(pango_attr_font_features_new) \
	X(pango_attr_foreground_new) X(pango_attr_letter_spacing_new) \
	X(pango_attr_line_height_new_absolute) X(pango_attr_list_insert) X(pango_attr_list_new) \
	X(pango_attr_list_unref) X(pango_attr_rise_new) X(pango_attr_size_new_absolute) \
	X(pango_cairo_context_set_font_options) X(pango_cairo_font_map_get_type) \
	X(pango_cairo_font_map_new_for_font_type) X(pango_cairo_font_map_set_resolution) \
	X(pango_cairo_layout_path) X(pango_cairo_show_layout) X(pango_context_set_language) \
	X(pango_context_set_round_glyph_positions) X(pango_font_description_free) \
	X(pango_font_description_new) X(pango_font_description_set_absolute_size) \
	X(pango_font_description_set_family) X(pango_font_description_set_weight) \
	X(pango_font_map_create_context) X(pango_language_from_string) X(pango_layout_get_extents) \
	X(pango_layout_new) X(pango_layout_set_alignment) X(pango_layout_set_attributes) \
	X(pango_layout_set_ellipsize) X(pango_layout_set_height) X(pango_layout_set_text) \
	X(pango_layout_set_width) X(pango_layout_set_wrap)
/* clang-format on */

struct late_draw {
#define X(name) typeof(name) *name##_;
	LATE_DRAW(X)
#undef X
};

extern struct late_draw late_draw; /* empty until late_draw_load() said true */

#define FT_Done_Face late_draw.FT_Done_Face_
#define FT_Done_FreeType late_draw.FT_Done_FreeType_
#define FT_Init_FreeType late_draw.FT_Init_FreeType_
#define FT_Load_Sfnt_Table late_draw.FT_Load_Sfnt_Table_
#define FT_New_Memory_Face late_draw.FT_New_Memory_Face_
#define FcConfigAppFontAddFile late_draw.FcConfigAppFontAddFile_
#define FcConfigCreate late_draw.FcConfigCreate_
#define FcConfigSetCurrent late_draw.FcConfigSetCurrent_
#define FcFreeTypeQuery late_draw.FcFreeTypeQuery_
#define FcPatternDestroy late_draw.FcPatternDestroy_
#define FcPatternGetString late_draw.FcPatternGetString_
#define cairo_arc late_draw.cairo_arc_
#define cairo_clip late_draw.cairo_clip_
#define cairo_close_path late_draw.cairo_close_path_
#define cairo_create late_draw.cairo_create_
#define cairo_curve_to late_draw.cairo_curve_to_
#define cairo_destroy late_draw.cairo_destroy_
#define cairo_fill late_draw.cairo_fill_
#define cairo_fill_preserve late_draw.cairo_fill_preserve_
#define cairo_font_options_create late_draw.cairo_font_options_create_
#define cairo_font_options_destroy late_draw.cairo_font_options_destroy_
#define cairo_font_options_set_antialias late_draw.cairo_font_options_set_antialias_
#define cairo_font_options_set_hint_metrics late_draw.cairo_font_options_set_hint_metrics_
#define cairo_font_options_set_hint_style late_draw.cairo_font_options_set_hint_style_
#define cairo_get_current_point late_draw.cairo_get_current_point_
#define cairo_image_surface_create late_draw.cairo_image_surface_create_
#define cairo_image_surface_get_data late_draw.cairo_image_surface_get_data_
#define cairo_image_surface_get_stride late_draw.cairo_image_surface_get_stride_
#define cairo_line_to late_draw.cairo_line_to_
#define cairo_move_to late_draw.cairo_move_to_
#define cairo_new_path late_draw.cairo_new_path_
#define cairo_new_sub_path late_draw.cairo_new_sub_path_
#define cairo_pattern_add_color_stop_rgb late_draw.cairo_pattern_add_color_stop_rgb_
#define cairo_pattern_create_linear late_draw.cairo_pattern_create_linear_
#define cairo_pattern_destroy late_draw.cairo_pattern_destroy_
#define cairo_pdf_surface_add_outline late_draw.cairo_pdf_surface_add_outline_
#define cairo_pdf_surface_create_for_stream late_draw.cairo_pdf_surface_create_for_stream_
#define cairo_pdf_surface_set_metadata late_draw.cairo_pdf_surface_set_metadata_
#define cairo_rectangle late_draw.cairo_rectangle_
#define cairo_rel_line_to late_draw.cairo_rel_line_to_
#define cairo_rel_move_to late_draw.cairo_rel_move_to_
#define cairo_restore late_draw.cairo_restore_
#define cairo_save late_draw.cairo_save_
#define cairo_scale late_draw.cairo_scale_
#define cairo_set_dash late_draw.cairo_set_dash_
#define cairo_set_fill_rule late_draw.cairo_set_fill_rule_
#define cairo_set_line_cap late_draw.cairo_set_line_cap_
#define cairo_set_line_join late_draw.cairo_set_line_join_
#define cairo_set_line_width late_draw.cairo_set_line_width_
#define cairo_set_source late_draw.cairo_set_source_
#define cairo_set_source_rgb late_draw.cairo_set_source_rgb_
#define cairo_show_page late_draw.cairo_show_page_
#define cairo_status late_draw.cairo_status_
#define cairo_stroke late_draw.cairo_stroke_
#define cairo_stroke_preserve late_draw.cairo_stroke_preserve_
#define cairo_surface_destroy late_draw.cairo_surface_destroy_
#define cairo_surface_finish late_draw.cairo_surface_finish_
#define cairo_surface_flush late_draw.cairo_surface_flush_
#define cairo_surface_status late_draw.cairo_surface_status_
#define cairo_tag_begin late_draw.cairo_tag_begin_
#define cairo_tag_end late_draw.cairo_tag_end_
#define cairo_translate late_draw.cairo_translate_
#define g_object_unref late_draw.g_object_unref_
#define g_type_check_instance_cast late_draw.g_type_check_instance_cast_
#define pango_attr_font_desc_new late_draw.pango_attr_font_desc_new_
#define pango_attr_font_features_new late_draw.pango_attr_font_features_new_
#define pango_attr_foreground_new late_draw.pango_attr_foreground_new_
#define pango_attr_letter_spacing_new late_draw.pango_attr_letter_spacing_new_
#define pango_attr_line_height_new_absolute late_draw.pango_attr_line_height_new_absolute_
#define pango_attr_list_insert late_draw.pango_attr_list_insert_
#define pango_attr_list_new late_draw.pango_attr_list_new_
#define pango_attr_list_unref late_draw.pango_attr_list_unref_
#define pango_attr_rise_new late_draw.pango_attr_rise_new_
#define pango_attr_size_new_absolute late_draw.pango_attr_size_new_absolute_
#define pango_cairo_context_set_font_options late_draw.pango_cairo_context_set_font_options_
#define pango_cairo_font_map_get_type late_draw.pango_cairo_font_map_get_type_
#define pango_cairo_font_map_new_for_font_type late_draw.pango_cairo_font_map_new_for_font_type_
#define pango_cairo_font_map_set_resolution late_draw.pango_cairo_font_map_set_resolution_
#define pango_cairo_layout_path late_draw.pango_cairo_layout_path_
#define pango_cairo_show_layout late_draw.pango_cairo_show_layout_
#define pango_context_set_language late_draw.pango_context_set_language_
#define pango_context_set_round_glyph_positions late_draw.pango_context_set_round_glyph_positions_
#define pango_font_description_free late_draw.pango_font_description_free_
#define pango_font_description_new late_draw.pango_font_description_new_
#define pango_font_description_set_absolute_size late_draw.pango_font_description_set_absolute_size_
#define pango_font_description_set_family late_draw.pango_font_description_set_family_
#define pango_font_description_set_weight late_draw.pango_font_description_set_weight_
#define pango_font_map_create_context late_draw.pango_font_map_create_context_
#define pango_language_from_string late_draw.pango_language_from_string_
#define pango_layout_get_extents late_draw.pango_layout_get_extents_
#define pango_layout_new late_draw.pango_layout_new_
#define pango_layout_set_alignment late_draw.pango_layout_set_alignment_
#define pango_layout_set_attributes late_draw.pango_layout_set_attributes_
#define pango_layout_set_ellipsize late_draw.pango_layout_set_ellipsize_
#define pango_layout_set_height late_draw.pango_layout_set_height_
#define pango_layout_set_text late_draw.pango_layout_set_text_
#define pango_layout_set_width late_draw.pango_layout_set_width_
#define pango_layout_set_wrap late_draw.pango_layout_set_wrap_

#endif
